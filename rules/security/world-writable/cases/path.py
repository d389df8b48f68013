from pathlib import Path


def öffnen(path: Path):
    path.chmod(0o666)  # für alle
    path.chmod(mode=511)
# output
from pathlib import Path


def öffnen(path: Path):
    path.chmod(0o644)  # für alle
    path.chmod(mode=0o755)
