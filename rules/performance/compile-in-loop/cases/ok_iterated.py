import re


def numbers(text, re2):
    for number in re.compile(r"\d+").findall(text):
        re2.compile("a")
        compile("a", "b", "eval")
        print(number)
    else:
        re.compile("b")
