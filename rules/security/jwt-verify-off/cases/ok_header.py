import jwt


def which(token):
    return jwt.get_unverified_header(token)
