from subprocess import check_call as must, Popen


def go():
    must("git  commit -m 'two words'", shell=True)
    return Popen("git status", shell=True)  # Prüfung
# output
from subprocess import check_call as must, Popen


def go():
    must(["git", "commit", "-m", "two words"])
    return Popen(["git", "status"])  # Prüfung
