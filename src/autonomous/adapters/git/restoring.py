"""Bringing a work tree back to a manifest: only what differs, each file whole or not at all."""

import errno
import os
import secrets
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from pathlib import Path

from autonomous.adapters.git.blobs import BlobStore
from autonomous.adapters.git.manifest import Entry, Kind, Manifest
from autonomous.adapters.git.planning import Plan
from autonomous.adapters.git.recording import attributes_of, stamp_of
from autonomous.adapters.git.worktree import parent_of

_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
# Somebody else's doing, on this one path; a full disk or a broken one is not among these.
_LEFT_ALONE = frozenset({
    errno.ENOENT, errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY, errno.ELOOP,
    errno.EACCES, errno.EPERM, errno.ENOTSUP,
})  # fmt: skip


class WorkTreeWriter:
    """Carries a plan out. What is not as the plan found it, or may not be written, is left alone and named."""

    def __init__(self, root: Path, *, blobs: BlobStore, target: Manifest, now: Manifest) -> None:
        self._root, self._blobs, self._target = root, blobs, target
        self._found: Mapping[bytes, Entry] = {entry.path: entry for entry in now.entries}
        self._twins = _twins(target)
        self.written: list[str] = []
        self.removed: list[str] = []
        self.left_alone: list[str] = []

    def carry_out(self, plan: Plan) -> None:
        """Remove, write and adjust; then give folders their modes and times, which all that changed."""
        self.left_alone += plan.left_alone
        for entry in plan.remove:
            with self._guarded(entry, self.removed) as (parent, name):
                self._check(entry, parent, name)
                (os.rmdir if entry.kind is Kind.FOLDER else os.unlink)(name, dir_fd=parent)
        removed = {entry.path for entry in plan.remove}
        waiting = {entry.path for entry in plan.write}
        for entry in plan.write:
            with self._guarded(entry, self.written) as (parent, name):
                self._check(None if entry.path in removed else self._found.get(entry.path), parent, name)
                self._write(entry, parent, name, waiting=waiting)
            waiting.discard(entry.path)
        for entry in plan.adjust:
            if entry.kind is not Kind.FOLDER:
                with self._guarded(entry, self.written) as (parent, name):
                    adjust(entry, parent, name)
        self._folders({entry.path for entry in plan.adjust})

    def _folders(self, differing: AbstractSet[bytes]) -> None:
        for entry in reversed(self._target.entries):
            if entry.kind is Kind.FOLDER and not entry.ignored:
                with self._guarded(entry, None) as (parent, name):
                    found = os.stat(name, dir_fd=parent, follow_symlinks=False)
                    there = (found.st_mode & 0o7777, found.st_mtime_ns)
                    if entry.path in differing or there != (entry.mode, entry.stamp.mtime_ns):
                        adjust(entry, parent, name)

    @contextmanager
    def _guarded(self, entry: Entry, done: list[str] | None) -> Iterator[tuple[int, str]]:
        path = os.fsdecode(entry.path)
        try:
            with parent_of(self._root, path) as place:
                yield place
        except OSError as error:
            if error.errno not in _LEFT_ALONE:
                raise
            self.left_alone.append(path)
        else:
            if done is not None:
                done.append(path)

    def _check(self, expected: Entry | None, parent: int, name: str) -> None:
        """Raise OSError when what is there now is not what the plan was made for."""
        try:
            found = os.stat(name, dir_fd=parent, follow_symlinks=False)
        except FileNotFoundError:
            if expected is None:
                return
            raise
        if expected is None:
            raise FileExistsError(errno.EEXIST, "appeared meanwhile", name)
        same = stamp_of(found), expected.stamp
        seen, planned = ((stamp.device, stamp.inode, stamp.size, stamp.mtime_ns) for stamp in same)
        if expected.kind is not Kind.FOLDER and seen != planned:
            raise FileExistsError(errno.EEXIST, "changed meanwhile", name)

    def _write(self, entry: Entry, parent: int, name: str, *, waiting: set[bytes]) -> None:
        if entry.kind is Kind.FOLDER:
            os.mkdir(name, mode=0o700, dir_fd=parent)
            return
        fresh = f".autonomous-{secrets.token_hex(8)}"
        try:
            self._make(entry, parent, fresh, waiting=waiting)
            os.rename(fresh, name, src_dir_fd=parent, dst_dir_fd=parent)
        finally:
            with suppress(FileNotFoundError):  # after the rename
                os.unlink(fresh, dir_fd=parent)

    def _make(self, entry: Entry, parent: int, name: str, *, waiting: set[bytes]) -> None:
        if entry.kind is Kind.LINK:
            os.symlink(entry.target, name, dir_fd=parent)
        elif entry.kind is Kind.PIPE:
            os.mkfifo(name, dir_fd=parent)
        elif (twin := self._twin(entry, waiting)) is not None:
            with parent_of(self._root, os.fsdecode(twin)) as (folder, other):
                os.link(other, name, src_dir_fd=folder, dst_dir_fd=parent, follow_symlinks=False)
            return
        else:
            with os.fdopen(os.open(name, _NEW, 0o600, dir_fd=parent), "wb") as stream:
                self._blobs.copy(entry.blob, stream)
                stream.flush()
                os.fsync(stream.fileno())
        adjust(entry, parent, name)

    def _twin(self, entry: Entry, waiting: set[bytes]) -> bytes | None:
        """Return another name of the same file that has its bytes already."""
        names = self._twins.get((entry.stamp.device, entry.stamp.inode), [])
        return next((name for name in names if name != entry.path and name not in waiting), None)


def adjust(entry: Entry, parent: int, name: str) -> None:
    """Give an entry its mode, extended attributes and times."""
    times = (entry.atime_ns, entry.stamp.mtime_ns)
    if entry.kind in {Kind.LINK, Kind.PIPE}:
        if entry.kind is Kind.PIPE:
            os.chmod(name, entry.mode, dir_fd=parent)
        os.utime(name, ns=times, dir_fd=parent, follow_symlinks=False)
        return
    descriptor = os.open(name, _OPEN, dir_fd=parent)
    try:
        there = attributes_of(descriptor)
        for attribute in there.keys() - entry.attributes.keys():
            os.removexattr(descriptor, attribute)
        for attribute, value in entry.attributes.items():
            if there.get(attribute) != value:
                os.setxattr(descriptor, attribute, value)
        os.fchmod(descriptor, entry.mode)
        os.utime(descriptor, ns=times)
    finally:
        os.close(descriptor)


def _twins(manifest: Manifest) -> Mapping[tuple[int, int], list[bytes]]:
    """Group the names of files that have several (hard links)."""
    names: dict[tuple[int, int], list[bytes]] = {}
    for entry in manifest.entries:
        if entry.kind is Kind.FILE and not entry.ignored:
            names.setdefault((entry.stamp.device, entry.stamp.inode), []).append(entry.path)
    return {key: group for key, group in names.items() if len(group) > 1}
