import re


def numbers(names, text):
    for name in names:
        yield re.compile(name).match(text), re.compile(f"{name}+")
