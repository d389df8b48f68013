import hmac


def prüfen(key, body, given):
    expected = hmac.new(key, body, "sha256").hexdigest()  # größe
    if given != expected:
        raise ValueError
# output
import hmac


def prüfen(key, body, given):
    expected = hmac.new(key, body, "sha256").hexdigest()  # größe
    if not hmac.compare_digest(given, expected):
        raise ValueError
