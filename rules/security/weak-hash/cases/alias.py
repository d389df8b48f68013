from hashlib import sha1 as prüfsumme, new


def key(data):
    digest = prüfsumme()
    digest.update(data)
    return digest, new("MD5", data)
# output
from hashlib import sha1 as prüfsumme, new


def key(data):
    digest = prüfsumme(usedforsecurity=False)
    digest.update(data)
    return digest, new("MD5", data, usedforsecurity=False)
