import re

NUMBER = re.compile(r"\d+")


def numbers(lines):
    word = re.compile(r"\w+")
    for line in lines:
        yield NUMBER.match(line), word.match(line)
