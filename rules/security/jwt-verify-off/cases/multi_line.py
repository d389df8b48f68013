# expect: 1
import jwt as tokens


def claims(token, key):
    return tokens.decode(
        token,
        key,
        options={
            # for now
            "verify_signature": False,
        },
    )
