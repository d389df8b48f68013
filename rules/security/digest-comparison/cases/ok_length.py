import hmac


def size(key, body):
    mac = hmac.new(key, body, "sha256")
    return mac.digest_size == 32 and mac.name == "hmac-sha256" and len(mac.digest()) == 32
