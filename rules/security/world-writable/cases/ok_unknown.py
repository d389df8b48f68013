import os
import stat


def set_mode(path, mode):
    os.chmod(path, mode)
    os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
