# expect: 1
import re


def numbers(lines):
    for line in lines:
        yield re.compile(r"\d+").match(line)
