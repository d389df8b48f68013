def claims(jwt, token):
    return jwt.decode(token, verify=False)
