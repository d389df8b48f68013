import subprocess


def listing(path, flag):
    subprocess.run(["ls", "-l", path])
    subprocess.run(["ls", "-l", path], shell=False)
    subprocess.run(["ls", "-l", path], shell=flag)
