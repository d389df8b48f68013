import hmac


def check_body(key, body, given, other):
    expected = hmac.new(key, body, "sha256").hexdigest()
    expected = other
    return given == expected


def shadow(hmac, key, given):
    return hmac.new(key).digest() == given
