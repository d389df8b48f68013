import hmac


def check_body(key, body, given):
    return hmac.new(key, body, "sha256").hexdigest() == given
# output
import hmac


def check_body(key, body, given):
    return hmac.compare_digest(hmac.new(key, body, "sha256").hexdigest(), given)
