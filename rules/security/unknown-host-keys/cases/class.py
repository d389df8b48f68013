import paramiko as ssh


def verbinden(größe):
    größe.client.set_missing_host_key_policy(
        ssh.WarningPolicy
    )
# output
import paramiko as ssh


def verbinden(größe):
    größe.client.set_missing_host_key_policy(ssh.RejectPolicy())
