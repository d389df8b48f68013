"""Walking a work tree for a checkpoint: by lstat, every byte, nothing followed, nothing waited for."""

import errno
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeAlias

import msgspec

from autonomous.adapters.git.blobs import BlobStore
from autonomous.adapters.git.manifest import Entry, Kind, Stamp
from autonomous.adapters.git.worktree import open_regular, parent_of

_SETTLED_NS = 20_000_000  # a kernel's clock tick is at most 10 ms
_COARSE_NS = 2_000_000_000  # file systems that count in seconds, or in pairs of them


class Ignores(Protocol):
    """What .gitignore files say."""

    def ignored(self, path: str, *, directory: bool) -> bool:
        """Tell whether a path is ignored, given that none of the directories above it is."""
        ...


IgnoresOf: TypeAlias = Callable[[Path, Path], Ignores]
"""Root of a work tree and a further file of patterns -> what is ignored in it."""


class Recorder:
    """Records a work tree once. Files that `known` has with the same stamp are not read again."""

    def __init__(
        self,
        root: Path,
        *,
        blobs: BlobStore,
        ignores: Ignores,
        tracked: AbstractSet[str],
        known: Mapping[bytes, Entry],
        known_ns: int,
    ) -> None:
        self._root, self._blobs, self._ignores, self._tracked = root, blobs, ignores, tracked
        self._known, self._known_ns = known, known_ns

    def entries(self) -> Iterator[Entry]:
        """Yield an entry for everything below the root but its own `.git`, folders before what is in them."""
        waiting = [("", False)]
        while waiting:
            folder, ignored = waiting.pop()
            for path, entry in self._folder(folder, ignored):
                yield entry
                if entry.kind is Kind.FOLDER:
                    waiting.append((path, entry.ignored))

    def _folder(self, folder: str, ignored: bool) -> Iterator[tuple[str, Entry]]:  # noqa: FBT001 - inherited
        with suppress(FileNotFoundError), parent_of(self._root, f"{folder}/x" if folder else "x") as place:
            descriptor, _ = place
            for name in sorted(os.listdir(descriptor)):  # noqa: PTH208 - of a descriptor, not of a path
                path = f"{folder}/{name}" if folder else name
                if path == ".git":
                    continue
                with suppress(FileNotFoundError):  # gone between the list and the look
                    found = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
                    yield path, self._entry(path, found, parent=descriptor, inherited=ignored)

    def _entry(self, path: str, found: os.stat_result, *, parent: int, inherited: bool) -> Entry:
        directory = stat.S_ISDIR(found.st_mode)
        ignored = path not in self._tracked and (
            inherited or self._ignores.ignored(path, directory=directory)
        )
        raw, stamp = os.fsencode(path), stamp_of(found)
        known = self._known.get(raw)
        if known is not None and known.ignored == ignored and self._still(known, stamp, found):
            return known
        name = path.rpartition("/")[2]
        entry = Entry(
            path=raw,
            kind=kind_of(found.st_mode),
            mode=stat.S_IMODE(found.st_mode),
            stamp=stamp,
            atime_ns=found.st_atime_ns,
            ignored=ignored,
        )
        if entry.kind is Kind.LINK:
            return msgspec.structs.replace(entry, target=os.fsencode(os.readlink(name, dir_fd=parent)))
        if entry.kind not in {Kind.FILE, Kind.FOLDER}:
            return entry
        try:
            return self._opened(entry, path, name, parent=parent)
        except PermissionError:
            return msgspec.structs.replace(entry, kind=Kind.CLOSED)

    def _opened(self, entry: Entry, path: str, name: str, *, parent: int) -> Entry:
        if entry.kind is Kind.FOLDER:
            descriptor = os.open(
                name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=parent
            )
        else:
            descriptor = open_regular(name, parent=parent)
        try:
            blob = ""
            if entry.kind is Kind.FILE:
                blob = (
                    self._blobs.id_of(descriptor) if entry.ignored else self._blobs.put(descriptor, path=path)
                )
            return msgspec.structs.replace(entry, blob=blob, attributes=attributes_of(descriptor))
        finally:
            os.close(descriptor)

    def _still(self, known: Entry, stamp: Stamp, found: os.stat_result) -> bool:
        """Tell whether an entry of the checkpoint before is surely still true."""
        if known.kind is not Kind.FILE or known.stamp != stamp or known.mode != stat.S_IMODE(found.st_mode):
            return False
        coarse = stamp.ctime_ns % 1_000_000_000 == 0
        settled = stamp.ctime_ns + (_COARSE_NS if coarse else _SETTLED_NS) < self._known_ns
        return settled and (known.ignored or self._blobs.has(known.blob))


def stamp_of(found: os.stat_result) -> Stamp:
    """Return the stamp of a file's status."""
    return Stamp(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def kind_of(mode: int) -> Kind:
    """Return what kind of entry a mode stands for."""
    kinds = {
        stat.S_IFREG: Kind.FILE,
        stat.S_IFDIR: Kind.FOLDER,
        stat.S_IFLNK: Kind.LINK,
        stat.S_IFIFO: Kind.PIPE,
    }
    return kinds.get(stat.S_IFMT(mode), Kind.OTHER)


def attributes_of(descriptor: int) -> dict[str, bytes]:
    """Return the extended attributes of an open file or folder; none where there are no such things."""
    try:
        return {name: os.getxattr(descriptor, name) for name in sorted(os.listxattr(descriptor))}
    except OSError as error:
        if error.errno in {errno.ENOTSUP, errno.ENODATA}:
            return {}
        raise
