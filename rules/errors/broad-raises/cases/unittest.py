# path: tests/test_parse.py
# expect: 1
import unittest


class TestParse(unittest.TestCase):
    def test_parse(self):
        with self.assertRaises(Exception):
            int("x")
