from subprocess import Popen as starten


def größe(pfad):
    return starten(
        ["du", "-s", pfad],  # größe
        shell=True,
    )
# output
from subprocess import Popen as starten


def größe(pfad):
    return starten(
        ["du", "-s", pfad],  # größe
    )
