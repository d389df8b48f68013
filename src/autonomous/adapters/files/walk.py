"""Going down a directory to the Python files in it."""

import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from autonomous.adapters.files.reading import kind_of, open_below, reason_for
from autonomous.ports.files import FileUnreadable

_SUFFIXES = (".py", ".pyi")
_SHEBANG = re.compile(rb"#![^\n]*\bpython")
_SHEBANG_BYTES = 128
_NOT_SOURCE = frozenset({
    ".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__", "build", "dist", ".tox", ".nox",
    ".eggs", ".mypy_cache", ".pytest_cache", ".ruff_cache",
})  # fmt: skip
_DEEPEST = 250  # deeper trees are made to waste time: each level is opened anew from the root

LeftOut: TypeAlias = Callable[[str, bool], bool]
"""Path and whether it is a directory -> whether to leave it out."""


class SourceWalk:
    """Walks below one root. It never follows a link, so it can neither leave the tree nor go in circles."""

    def __init__(self, root: Path, *, report: Callable[[FileUnreadable], None]) -> None:
        self._root, self._report = root, report

    def below(self, folder: str, left_out: LeftOut) -> Iterator[str]:
        """Yield the Python files below `folder` in sorted order ("" is the root itself)."""
        levels = [iter(self._entries(folder))]
        while levels:
            entry = next(levels[-1], None)
            if entry is None:
                levels.pop()
                continue
            path, found = entry
            directory = found.is_dir(follow_symlinks=False)
            if (directory and found.name in _NOT_SOURCE) or left_out(path, directory):
                continue
            if directory and len(levels) >= _DEEPEST:
                self._report(FileUnreadable(path, f"more than {_DEEPEST} directories deep"))
            elif directory:
                inside = self._entries(path)
                if not any(item.name == "pyvenv.cfg" for _, item in inside):
                    levels.append(iter(inside))
            elif self._is_source(path, found):
                yield path

    def _entries(self, folder: str) -> list[tuple[str, os.DirEntry[str]]]:
        """List a directory so that going down in this order gives sorted paths."""
        try:
            with open_below(self._root, folder) as descriptor, os.scandir(descriptor) as scan:
                found = [(entry.name + "/" * entry.is_dir(follow_symlinks=False), entry) for entry in scan]
                for _, entry in found:
                    entry.stat(follow_symlinks=False)  # kept in the entry, while the directory is open
        except OSError as error:
            self._report(FileUnreadable(folder or ".", f"directory not read: {reason_for(error)}"))
            return []
        found.sort(key=lambda pair: pair[0])
        return [(f"{folder}/{entry.name}" if folder else entry.name, entry) for _, entry in found]

    def _is_source(self, path: str, entry: os.DirEntry[str]) -> bool:
        named = entry.name.endswith(_SUFFIXES)
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISREG(mode):
            return named or ("." not in entry.name and self._has_shebang(path))
        if named and not stat.S_ISLNK(mode):
            self._report(FileUnreadable(path, kind_of(mode)))
        elif named and not self._stays_inside(path):
            self._report(FileUnreadable(path, "a symbolic link out of the tree"))
        return False

    def _stays_inside(self, path: str) -> bool:
        """Tell whether a link leads into the tree, where its target is met by itself, or nowhere."""
        return Path(os.path.realpath(self._root / path)).is_relative_to(self._root)

    def _has_shebang(self, path: str) -> bool:
        try:
            with open_below(self._root, path) as descriptor:
                return _SHEBANG.match(os.read(descriptor, _SHEBANG_BYTES)) is not None
        except OSError:
            return False  # nothing says that it is Python
