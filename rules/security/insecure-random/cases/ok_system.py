import random
import secrets

generator = random.SystemRandom()


def make():
    password = generator.choice("abc")
    token = secrets.token_hex()
    return password, token
