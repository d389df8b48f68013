import random
import string


def make():
    token = "".join(random.choice(string.ascii_letters) for _ in range(32))
    return token
# output
import secrets
import string


def make():
    token = "".join(secrets.choice(string.ascii_letters) for _ in range(32))
    return token
