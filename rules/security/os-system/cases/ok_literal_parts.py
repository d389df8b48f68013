from settings import SOUND

import os


def configure(quiet):
    command = "sh configure"
    if quiet:
        command += " -q"
    os.system(command)
    os.system("play '%s'" % SOUND)
