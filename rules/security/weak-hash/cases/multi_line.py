import hashlib as h


def key(data):
    return h.md5(
        data,  # the body
    ).digest()
# output
import hashlib as h


def key(data):
    return h.md5(
        data,  # the body
        usedforsecurity=False,
    ).digest()
