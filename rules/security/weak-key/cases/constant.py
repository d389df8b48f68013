# expect: 1
from Crypto.PublicKey import RSA

BITS = 1024


def make():
    return RSA.generate(BITS)
