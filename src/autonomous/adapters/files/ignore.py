"""What .gitignore files say, read as data."""

import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

Line: TypeAlias = tuple[bool, re.Pattern[str]]
"""One line of a .gitignore: whether it ignores or takes back, and what it means."""

Chain: TypeAlias = tuple[tuple[int, tuple[Line, ...]], ...]
"""The lines of several .gitignore files, each with how much of a path to cut for it."""

_LIMIT = 1_000_000  # bytes of one .gitignore file


class IgnoreRules:
    """The .gitignore files below `root`, each read once; `also` are further files, weaker than all of those.

    Make a new one for each walk: a file that changed since is not read again.
    """

    def __init__(self, root: Path, *, also: Sequence[Path] = ()) -> None:
        self._root = root
        self._weakest = tuple(_read(place) for place in also)
        lines = _read(root / ".gitignore")
        self._chains: dict[str, Chain] = {"": ((0, lines),) if lines else ()}

    def ignored(self, path: str, *, directory: bool) -> bool:
        """Tell whether a path is ignored, given that none of the directories above it is.

        The nearest .gitignore file with a word on it decides, in it the last line (gitignore(5)).
        """
        for cut, lines in self._chain(path.rpartition("/")[0]):
            word = _word(path[cut:], lines, directory=directory)
            if word is not None:
                return word
        words = (_word(path, lines, directory=directory) for lines in self._weakest)
        return next((word for word in words if word is not None), False)

    def _chain(self, folder: str) -> Chain:
        """Return the .gitignore files that have a say in a folder, the nearest first."""
        unknown = []
        while folder not in self._chains:
            unknown.append(folder)
            folder = folder.rpartition("/")[0]
        chain = self._chains[folder]
        for below in reversed(unknown):
            lines = _read(self._root / below / ".gitignore")
            chain = ((len(below) + 1, lines), *chain) if lines else chain
            self._chains[below] = chain
        return chain


def _word(path: str, lines: Sequence[Line], *, directory: bool) -> bool | None:
    for ignore, expression in reversed(lines):
        if _matches(expression, path, directory=directory):
            return ignore
    return None


def _matches(expression: re.Pattern[str], path: str, *, directory: bool) -> bool:
    """Tell whether a pattern means this very path.

    pathspec's expressions also match what lies below a directory they mean, and mark its slash as
    `ps_d`; git asks level by level, so that a directory taken back with `!` does not bring back what
    another line ignores in it.
    """
    text = f"{path}/" if directory else path
    for found in expression.finditer(text):
        if "ps_d" not in expression.groupindex:  # `**` or `*`: whatever lies below
            return found.end() < len(text) or not directory
        if found.start("ps_d") in {-1, len(path)}:
            return True
    return False


def _read(place: Path) -> tuple[Line, ...]:
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:  # git does without a .gitignore that it cannot open, too
        return ()
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return ()
        text = os.read(descriptor, _LIMIT).decode("utf-8", "surrogateescape")
    finally:
        os.close(descriptor)
    from pathspec import GitIgnoreSpec

    patterns = GitIgnoreSpec.from_lines(_understood(text.split("\n"))).patterns
    return tuple(
        (pattern.include, pattern.regex)
        for pattern in patterns
        if pattern.include is not None and pattern.regex is not None
    )


def _understood(lines: Sequence[str]) -> list[str]:
    """Leave out the patterns that git takes for nothing and pathspec takes for an error."""
    plain = (line.removesuffix("\r") for line in lines)
    return [line for line in plain if line.strip() not in {"", "!", "/"} and not line.endswith("\\")]
