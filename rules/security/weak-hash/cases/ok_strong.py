import hashlib


def key(data, name):
    hashlib.sha256(data)
    hashlib.blake2b(data)
    hashlib.new("sha512", data)
    hashlib.new(name, data)
