import jwt


def go(token, client):
    jwt.get(token, verify=False)
    client.get(token, verify=False)
