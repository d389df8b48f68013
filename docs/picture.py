"""Draw docs/improve.svg: a real run of `autonomous improve` on the shop in fixtures/, with one answer given.

Run it with `make picture`. The run is driven through a pseudo-terminal, as a person would do it.
"""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = 96
ASKING = re.compile(rb"\n > ?$")
FONT = re.compile(r"@font-face \{[^}]*\}\s*")  # would be fetched from elsewhere; the reader's own font serves
ERASED = re.compile(r"[^\n]*\r\x1b\[2K")
COMMAND = ["improve", "src", "--auto-approve-safe", "--category", "correctness", "--category", "security"]


def repository(place: Path) -> Path:
    """Make the shop a repository."""
    shop = place / "shop"
    shutil.copytree(ROOT / "fixtures" / "shop", shop)
    identity = ["-c", "user.name=ada", "-c", "user.email=ada@localhost"]
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "."],
        [*identity, "commit", "-q", "-m", "The shop"],
    ):
        subprocess.run(["git", *command], cwd=shop, check=True)
    return shop


def driven(command: list[str], folder: Path, environ: dict[str, str], answers: str) -> str:
    """Run a command on a terminal of its own and give one answer each time it asks."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execve(command[0], command, environ)
    said, keys, asked = b"", iter(answers), 0
    while True:
        select.select([terminal], [], [], 60)
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
        if ASKING.search(re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", said[asked:]).replace(b"\r", b"")):
            asked = len(said)
            os.write(terminal, next(keys, "q").encode())
    os.waitpid(child, 0)
    return said.decode().replace("\r\n", "\n")


def main() -> None:
    """Run and draw."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        homes = {f"XDG_{name}_HOME": str(place / name.lower()) for name in ("STATE", "CACHE", "CONFIG")}
        environ = {
            **kept, **homes, "HOME": str(place), "COLUMNS": str(COLUMNS), "TERM": "xterm-256color", "VIRTUAL_ENV": sys.prefix,
        }  # fmt: skip
        program = str(Path(sys.executable).parent / "autonomous")
        said = driven([program, *COMMAND], repository(place), environ, "yq")
    screen = Console(record=True, width=COLUMNS, file=open(os.devnull, "w"), force_terminal=True)  # noqa: SIM115, PTH123
    screen.print(Text(f"$ autonomous {' '.join(COMMAND)}", style="bold"))
    screen.print(Text.from_ansi(ERASED.sub("", said)))
    drawn = FONT.sub("", screen.export_svg(title="autonomous improve"))
    (ROOT / "docs" / "improve.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
