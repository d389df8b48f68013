import hashlib

ALGORITHMS = {"md5": hashlib.md5, "sha1": hashlib.sha1}
print("hashlib.md5(data)")
