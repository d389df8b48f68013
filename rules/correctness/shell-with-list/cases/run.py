import subprocess


def listing(path):
    subprocess.run(["ls", "-l", path], shell=True, check=True)
# output
import subprocess


def listing(path):
    subprocess.run(["ls", "-l", path], check=True)
