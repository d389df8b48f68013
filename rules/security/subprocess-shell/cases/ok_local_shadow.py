import subprocess


def go(subprocess, command):
    return subprocess.run(command, shell=True)
