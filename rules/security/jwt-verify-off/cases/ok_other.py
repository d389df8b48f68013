import base64


def claims(codec, token):
    return base64.b64decode(token), codec.decode(token, options={"verify_signature": False})
