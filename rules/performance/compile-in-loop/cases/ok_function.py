import re


def numbers(names):
    for name in names:
        def later():
            return re.compile("a")

        name.later = later
        name.other = lambda: re.compile("b")
