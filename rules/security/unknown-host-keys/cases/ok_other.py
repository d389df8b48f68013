import paramiko


class AutoAddPolicy:
    pass


print(paramiko.AutoAddPolicy)
paramiko.SSHClient().set_missing_host_key_policy(AutoAddPolicy())
