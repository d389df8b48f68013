import subprocess


def configure(quiet):
    command = "sh configure"
    if quiet:
        command += " -q"
    subprocess.run(command, shell=True)
