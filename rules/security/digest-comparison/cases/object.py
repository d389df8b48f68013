import hmac


def check_body(key, body, given):
    mac = hmac.new(key, digestmod="sha256")
    mac.update(body)
    return bool(given) and mac.digest() == given
# output
import hmac


def check_body(key, body, given):
    mac = hmac.new(key, digestmod="sha256")
    mac.update(body)
    return bool(given) and hmac.compare_digest(mac.digest(), given)
