import hashlib


def key(data):
    return hashlib.md5(data).hexdigest()
# output
import hashlib


def key(data):
    return hashlib.md5(data, usedforsecurity=False).hexdigest()
