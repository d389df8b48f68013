import hashlib


def key(data, options):
    hashlib.md5(data, usedforsecurity=False)
    hashlib.md5(usedforsecurity=True)
    hashlib.sha1(data, **options)
