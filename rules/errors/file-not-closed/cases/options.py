import pathlib
from pathlib import Path


def lesen(pfad, fehler):
    größe = open(pfad, "r", encoding="utf-8", errors=fehler).read().strip()
    return größe, open("ä.bin", mode="rb").read(), pathlib
# output
import pathlib
from pathlib import Path


def lesen(pfad, fehler):
    größe = Path(pfad).read_text(encoding="utf-8", errors=fehler).strip()
    return größe, Path("ä.bin").read_bytes(), pathlib
