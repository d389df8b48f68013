from pathlib import Path as Pfad


def copy(path: Pfad):
    text = Pfad("a").read_text()
    path.write_text(text)
    return path.open("r")
# output
from pathlib import Path as Pfad


def copy(path: Pfad):
    text = Pfad("a").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    return path.open("r", encoding="utf-8")
