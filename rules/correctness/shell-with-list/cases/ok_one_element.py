import subprocess


def listing(command):
    subprocess.run([command], shell=True)
    subprocess.run(command, shell=True)
    subprocess.run(["ls -l | wc"], shell=True)
