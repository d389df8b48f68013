import jwt


def claims(token, key, options):
    jwt.decode(token, key, algorithms=["HS256"])
    jwt.decode(token, key, options={"verify_exp": False, "verify_signature": True})
    jwt.decode(token, key, options=options)
