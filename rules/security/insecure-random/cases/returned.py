import random

ALPHABET = "abc"


def generate_password(length=8):
    return "".join(
        random.choices(ALPHABET, k=length),
    )


def roll():
    return random.randint(1, 6)
# output
import random
import secrets

ALPHABET = "abc"


def generate_password(length=8):
    return "".join(
        secrets.SystemRandom().choices(ALPHABET, k=length),
    )


def roll():
    return random.randint(1, 6)
