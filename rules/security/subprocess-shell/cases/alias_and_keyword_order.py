from subprocess import check_output as ask


def größe(pfad, *, tiefe=2):
    # nicht-ASCII: größe, Straße
    return ask(f"du --max-depth={tiefe} '{pfad}'", text=True, shell=True)
# output
from subprocess import check_output as ask


def größe(pfad, *, tiefe=2):
    # nicht-ASCII: größe, Straße
    return ask(["du", f"--max-depth={tiefe}", str(pfad)], text=True)
