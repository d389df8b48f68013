import os


def configure(quiet):
    command = "sh configure"
    if quiet:
        command += " -q"
    os.system(command)
