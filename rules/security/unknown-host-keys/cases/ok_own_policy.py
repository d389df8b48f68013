import paramiko


class Asking(paramiko.MissingHostKeyPolicy):
    pass


def connect(client, policy):
    client.set_missing_host_key_policy(Asking())
    client.set_missing_host_key_policy(policy)
