"""A real repository made of the shop, and the program as a person calls it."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from autonomous.cli.main import main

ROOT = Path(__file__).resolve().parents[1]
SHOP = ROOT / "fixtures" / "shop"
IDENTITY = ("-c", "user.name=ada", "-c", "user.email=ada@localhost")


class Answer(NamedTuple):
    """What a command said."""

    code: int
    out: str
    err: str


@contextmanager
def outside(environ: dict[str, str], cwd: Path, stdin: bytes) -> Iterator[None]:
    """Stand in the directory, environment and input of a shell, and step back."""
    before, here, keyboard = dict(os.environ), Path.cwd(), sys.stdin
    with io.TextIOWrapper(io.BytesIO(stdin)) as stream:
        os.environ.clear()
        os.environ.update(environ)
        os.chdir(cwd)
        sys.stdin = stream
        try:
            yield
        finally:
            sys.stdin = keyboard
            os.chdir(here)
            os.environ.clear()
            os.environ.update(before)


@dataclass(frozen=True)
class Shop:
    """The repository, and where the program keeps its state."""

    root: Path
    environ: dict[str, str]

    def git(self, *args: str) -> str:
        done = subprocess.run(
            ["git", *IDENTITY, *args],
            cwd=self.root,
            env=self.environ,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def run(self, *args: str, stdin: bytes = b"", cwd: Path | None = None) -> Answer:
        """Call the program in this process, as a shell would: its environment, its directory, its streams."""
        out, err = io.StringIO(), io.StringIO()
        with outside(self.environ, cwd or self.root, stdin), redirect_stdout(out), redirect_stderr(err):
            code = main(list(args))
        return Answer(code, out.getvalue(), err.getvalue())

    def start(self, *args: str) -> "subprocess.Popen[bytes]":
        """Start the program as a process of its own."""
        command = [sys.executable, "-m", "autonomous.cli.main", *args]
        return subprocess.Popen(
            command,
            cwd=self.root,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def commit_all(self, message: str) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD")


def environment(place: Path) -> dict[str, str]:
    for name in ("home", "state", "cache", "config"):
        (place / name).mkdir(exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(place / "home"),
        "XDG_STATE_HOME": str(place / "state"),
        "XDG_CACHE_HOME": str(place / "cache"),
        "XDG_CONFIG_HOME": str(place / "config"),
        "VIRTUAL_ENV": sys.prefix,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PYTHONPATH": str(ROOT / "src"),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "100",
    }
