import subprocess

COMMAND = "ls -l"


def listing():
    subprocess.run("ls | wc -l", shell=True)
    subprocess.run("ls " "-l", shell=True)
    subprocess.run(COMMAND, shell=True)
