import subprocess


def go(name):
    subprocess.run(f"ls {name}", shell=True)
    subprocess.run("", shell=True)
