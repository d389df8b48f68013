"""Writing the tree of a commit into a fresh directory without git, for running its tests."""

import os
import posixpath
from collections.abc import Mapping
from pathlib import Path

from autonomous.adapters.git.paths import is_git_name, refuse, refuse_in_tree
from autonomous.adapters.git.tree import LINK, SUBMODULE, CommitFiles, TreeEntry
from autonomous.model.errors import Refused

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_EXECUTABLE = "100755"


def export(repository_tree: CommitFiles, *, into: Path, overlay: Mapping[str, bytes | None]) -> None:
    """Write a commit's files into the new or empty directory `into` (0700), `overlay` laid over them.

    None in the overlay leaves a file out. Files have mode 644 or 755; symbolic links are written only
    when they stay inside; submodules become empty directories; nothing named `.git` is written.
    Raises Refused when `into` is not empty or the overlay leaves the tree.
    """
    _fresh(into)
    entries = repository_tree.entries
    for path in overlay:
        _check_overlay(path, entries)
    made: set[str] = {""}
    for path, entry in entries.items():
        if path in overlay or is_git_name(path):
            continue
        if entry.mode == SUBMODULE:
            _folder(into, path, made)
            continue
        _folder(into, posixpath.dirname(path), made)
        if entry.mode == LINK:
            _link(into / path, repository_tree.blob(path), path)
        else:
            _write(into / path, repository_tree.blob(path), executable=entry.mode == _EXECUTABLE)
    for path, data in overlay.items():
        if data is not None:
            _folder(into, posixpath.dirname(path), made)
            known = entries.get(path)
            _write(into / path, data, executable=known is not None and known.mode == _EXECUTABLE)


def stays_inside(target: str, *, path: str) -> bool:
    """Tell whether a link at `path` leads into the tree, whatever other links there are.

    `..` may only stand first, where it counts from real directories; behind a name it could climb out
    of a directory that is a link itself.
    """
    if target.startswith("/") or not target or "\0" in target:
        return False
    parts = [part for part in target.split("/") if part not in {"", "."}]
    climbs = next((n for n, part in enumerate(parts) if part != ".."), len(parts))
    return ".." not in parts[climbs:] and climbs <= path.count("/") and not is_git_name(target)


def _fresh(into: Path) -> None:
    into.mkdir(mode=0o700, exist_ok=True)
    if into.is_symlink() or any(into.iterdir()):
        raise Refused(
            "the directory for the tree is not empty", detail=str(into), hint="choose a new directory"
        )
    into.chmod(0o700)


def _check_overlay(path: str, entries: Mapping[str, TreeEntry]) -> None:
    reason = refuse(path, allow=(path,)) or refuse_in_tree(path, entries)
    if reason is not None:
        raise Refused(
            f"{path} cannot be written: {reason}", detail=path, hint="leave this file out of the change"
        )


def _folder(into: Path, path: str, made: set[str]) -> None:
    if path in made:
        return
    _folder(into, posixpath.dirname(path), made)
    (into / path).mkdir(mode=0o755)
    made.add(path)


def _write(place: Path, data: bytes, *, executable: bool) -> None:
    mode = 0o755 if executable else 0o644
    descriptor = os.open(place, _NEW, mode)
    with os.fdopen(descriptor, "wb") as stream:
        os.fchmod(descriptor, mode)
        stream.write(data)


def _link(place: Path, target: bytes, path: str) -> None:
    text = target.decode("utf-8", "surrogateescape")
    if stays_inside(text, path=path):
        place.symlink_to(text)
