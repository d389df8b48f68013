import random


def play(words):
    key = random.choice(words)
    colour = random.choice(["red", "green"])
    delay = random.random() * 3
    return key, colour, delay
