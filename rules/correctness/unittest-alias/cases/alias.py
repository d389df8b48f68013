from unittest import TestCase as Fall


class Summen(Fall):
    def test_größe(self):
        with self.assertRaisesRegexp(
            ValueError,  # zu groß
            "größe",
        ):
            raise ValueError("größe")
# output
from unittest import TestCase as Fall


class Summen(Fall):
    def test_größe(self):
        with self.assertRaisesRegex(
            ValueError,  # zu groß
            "größe",
        ):
            raise ValueError("größe")
