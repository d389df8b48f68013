import unittest


class Sums(unittest.TestCase):
    def test_sum(self):
        self.assertEqual(1, 1)
        self.assertTrue(True)
        self.assertRegex("a", "a")
