import subprocess


def go(name):
    subprocess.run(["convert", name, "out.png"], check=True)
