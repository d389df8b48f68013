from hmac import new as make


def check_body(key, body, given):
    return given == make(key, body, "sha256").digest()
# output
import hmac
from hmac import new as make


def check_body(key, body, given):
    return hmac.compare_digest(given, make(key, body, "sha256").digest())
