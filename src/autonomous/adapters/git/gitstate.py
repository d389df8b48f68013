"""The git side of a checkpoint: index, HEAD, logs and operations under way as raw files, refs by name."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from autonomous.adapters.git.blobs import BlobStore
from autonomous.adapters.git.layout import Layout
from autonomous.adapters.git.manifest import Manifest, StateFile
from autonomous.model.errors import Refused

_SINGLE = frozenset({
    "HEAD", "index", "ORIG_HEAD", "FETCH_HEAD", "COMMIT_EDITMSG", "SQUASH_MSG", "AUTO_MERGE",
    "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD",
})  # fmt: skip
_BEGINNINGS = ("MERGE_", "BISECT_", "sharedindex.")
_OPERATIONS = ("rebase-merge", "rebase-apply", "sequencer")
_KEPT_IF_NEW = ("logs/", "packed-refs", "sharedindex.", "FETCH_HEAD")


def record(layout: Layout, blobs: BlobStore) -> Iterator[StateFile]:
    """Yield the state files of this work tree, their bytes kept in `blobs`."""
    for own, path in _state_paths(layout):
        try:
            descriptor = os.open(_place(layout, path, own=own), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            continue
        try:
            mode = os.fstat(descriptor).st_mode
            if stat.S_ISREG(mode):
                blob = blobs.put(descriptor, path=path)
                yield StateFile(path=os.fsencode(path), own=own, mode=stat.S_IMODE(mode), blob=blob)
        finally:
            os.close(descriptor)


def _state_paths(layout: Layout) -> Iterator[tuple[bool, str]]:
    own, common = layout.git_dir, layout.common_dir
    for place in sorted(own.iterdir()):
        if place.name in _SINGLE or (place.name.startswith(_BEGINNINGS) and not place.name.endswith(".lock")):
            yield True, place.name
    for folder in (*_OPERATIONS, "logs"):
        yield from ((True, path) for path in _files(own, folder))
    if own != common:
        yield from ((False, path) for path in _files(common, "logs") if path != "logs/HEAD")
    if (common / "packed-refs").exists():
        yield False, "packed-refs"


def _files(top: Path, folder: str) -> Iterator[str]:
    for here, folders, names in os.walk(top / folder):
        folders.sort()
        for name in sorted(names):
            yield Path(here, name).relative_to(top).as_posix()


def put_back(layout: Layout, *, target: Manifest, now: Manifest, blobs: BlobStore, index: bool) -> None:
    """Write the state files that differ: the index alone, or all but the index.

    Logs are only ever completed, never cut, and packed-refs is left to git, which moves the refs.
    Raises Refused when another program holds a lock.
    """
    there = {(file.own, file.path): file for file in now.state}
    wanted = {(file.own, file.path): file for file in target.state}
    for key, file in wanted.items():
        found = there.get(key)
        if (file.path == b"index") != index or file.path == b"packed-refs":
            continue
        if found is None or found.blob != file.blob:
            _write_state(layout, file, blobs)
    for key, file in there.items():
        path = os.fsdecode(file.path)
        if (path == "index") == index and key not in wanted and not path.startswith(_KEPT_IF_NEW):
            _place(layout, path, own=file.own).unlink()


def _write_state(layout: Layout, file: StateFile, blobs: BlobStore) -> None:
    path = os.fsdecode(file.path)
    place, data = _place(layout, path, own=file.own), blobs.read(file.blob)
    if path.startswith("logs/") and place.exists():
        later = place.read_bytes()
        if later.startswith(data):
            return
        saved = set(data.splitlines(keepends=True))
        data += b"".join(line for line in later.splitlines(keepends=True) if line not in saved)
    place.parent.mkdir(parents=True, exist_ok=True)
    write_locked(place, data, mode=file.mode)


def write_locked(place: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write a file of a git directory as git does: into its lock file, then by renaming that.

    Raises Refused when somebody else has the lock.
    """
    lock = place.with_name(f"{place.name}.lock")
    try:
        stream = lock.open("xb")
    except FileExistsError as error:
        raise Refused(
            "another git command is at work in this repository",
            detail=str(lock),
            hint="wait until it ends; if none is running, remove that file, then run this again",
        ) from error
    try:
        with stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
            os.fchmod(stream.fileno(), mode)
        lock.replace(place)
    finally:
        lock.unlink(missing_ok=True)


def _place(layout: Layout, path: str, *, own: bool) -> Path:
    return (layout.git_dir if own else layout.common_dir) / path
