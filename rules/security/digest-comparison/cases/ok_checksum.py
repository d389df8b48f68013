import hashlib


def check_file(data, expected):
    return hashlib.sha256(data).hexdigest() == expected
