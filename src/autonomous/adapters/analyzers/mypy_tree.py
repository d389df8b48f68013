"""The Python files of a tree on disk, where mypy can read them and nobody runs them."""

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from autonomous.model.change import FileEdit
from autonomous.ports.files import Files, FileUnreadable

_IMPORT = re.compile(
    rb"^[ \t]*(?:from[ \t]+[\w.]+[ \t]+import[ \t]*(?:\([^)]*\)|.*)|import[ \t].*)", re.MULTILINE
)


class TypedTree:
    """A copy of the Python files of `files` below `root`; one change at a time lies on top of it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._placed: dict[str, bytes] = {}
        self._imports: dict[str, bytes] = {}

    def sync(self, files: Files) -> None:
        """Make the copy equal to `files`; only what differs is written, after a fresh start."""
        if not self._placed:
            shutil.rmtree(self._root, ignore_errors=True)  # what an earlier run left there
        wanted = {path: data for path, data in _python(files) if not _shadows(path)}
        for path in self._placed.keys() - wanted.keys():
            self._remove(path)
        for path, data in wanted.items():
            self._place(path, data)
        self._imports = {path: b"\n".join(_IMPORT.findall(data)) for path, data in wanted.items()}

    def put(self, edit: FileEdit, *, after: bool) -> bool:
        """Write one side of an edit, or remove the file where that side has none; tell whether that was news."""
        data = edit.after if after else edit.before
        news = self._placed.get(edit.path) != data
        if data is None:
            self._remove(edit.path)
        else:
            self._place(edit.path, data)
        return news

    @property
    def paths(self) -> tuple[str, ...]:
        """All files of the copy."""
        return tuple(self._placed)

    def holds(self, path: str) -> bool:
        """Tell whether the file is in the copy."""
        return path in self._placed

    def importers(self, path: str, *, most: int) -> tuple[str, ...]:
        """Return files with an import that mentions the module's name: its importers, and some that are not."""
        pure = PurePosixPath(path)
        name = pure.parent.name if pure.stem == "__init__" else pure.stem
        word = re.compile(rb"\b" + re.escape(name.encode("utf-8", "surrogateescape")) + rb"\b")
        found = (other for other, text in self._imports.items() if other != path and word.search(text))
        return tuple(other for _, other in zip(range(most), found, strict=False))

    def bases(self) -> tuple[str, ...]:
        """Return the folders that imports start from, absolute: root, src, lib, and above every package."""
        folders = {PurePosixPath(path).parent for path in self._placed}
        packages = {folder for folder in folders if f"{folder}/__init__.py" in self._placed}
        tops = {folder.parent for folder in packages if folder.parent not in packages}
        layouts = {
            PurePosixPath(name) for name in ("src", "lib") if any(_below(name, folder) for folder in folders)
        }
        layouts -= packages
        bases = layouts | {top for top in tops if not any(_below(str(layout), top) for layout in layouts)}
        return tuple(str(self._root / base) for base in sorted({PurePosixPath(), *bases}))

    def _place(self, path: str, data: bytes) -> None:
        if self._placed.get(path) == data:
            return
        target = self._root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        os.utime(target, (_moment(data),) * 2)
        self._placed[path] = data

    def _remove(self, path: str) -> None:
        if self._placed.pop(path, None) is not None:
            (self._root / path).unlink()


def _moment(data: bytes) -> int:
    """Return a time of change, in seconds, that stands for the content.

    Mypy takes a file of the same size and second for the one in its cache, and two versions of a file are
    often written within a second. Made of the content, the time also spares it the reading of known versions.
    """
    return int.from_bytes(sha256(data).digest()[:4], "big") // 2


def _python(files: Files) -> Iterator[tuple[str, bytes]]:
    for path in files.paths():
        inside = not path.startswith("/") and ".." not in PurePosixPath(path).parts
        if path.endswith((".py", ".pyi")) and inside:
            try:
                yield path, files.read(path)
            except FileUnreadable:
                continue


def _shadows(path: str) -> bool:
    """Tell whether mypy would take the file for a module of the standard library, and give up."""
    parts = PurePosixPath(path).with_suffix("").parts
    return len(parts) == 1 and parts[0] in sys.stdlib_module_names


def _below(folder: str, path: PurePosixPath) -> bool:
    return path.parts[:1] == (folder,)


def both_sides(edits: tuple[FileEdit, ...]) -> Mapping[str, FileEdit]:
    """Map the paths of the Python files among the edits to their edits."""
    return {edit.path: edit for edit in edits if edit.path.endswith((".py", ".pyi"))}
