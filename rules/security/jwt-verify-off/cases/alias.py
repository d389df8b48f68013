# expect: 2
from jwt import decode as lesen
from jose import jwt


def claims(schlüssel, token):
    return lesen(token, schlüssel, verify=False), jwt.decode(token, "", options={"verify_signature": False})
