import unittest


class Sums(unittest.TestCase):
    def test_sum(self):
        tool = self.tool
        tool.assertEquals(1, 1)
        self.tool.assert_(1)
