def first(client, a, b):
    return client.list(a)[0], client.list()[0], list()[0:]
