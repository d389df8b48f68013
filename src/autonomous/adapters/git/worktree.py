"""Opening what lies in a work tree without ever following a link or waiting for a pipe."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FOLDER = _READ | os.O_DIRECTORY


@contextmanager
def parent_of(root: Path, path: str) -> Iterator[tuple[int, str]]:
    """Give a descriptor of the directory that `path` lies in, and the last part of the path.

    Raises OSError when a directory on the way is missing or is a link.
    """
    *folders, name = path.split("/")
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for folder in folders:
            below = os.open(folder, _FOLDER, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = below
        yield descriptor, name
    finally:
        os.close(descriptor)


def open_regular(name: str, *, parent: int) -> int:
    """Open a regular file for reading, leaving its access time alone where that is allowed.

    Raises FileNotFoundError when it is anything else.
    """
    try:
        descriptor = os.open(name, _READ | os.O_NOATIME, dir_fd=parent)
    except PermissionError:  # O_NOATIME is for owners
        descriptor = os.open(name, _READ, dir_fd=parent)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileNotFoundError(errno.ENOENT, "no regular file", name)
    return descriptor


def read_regular(root: Path, path: str) -> tuple[bytes, os.stat_result]:
    """Return bytes and status of a regular file below `root`; raises OSError when it is no such thing."""
    with (
        parent_of(root, path) as (parent, name),
        os.fdopen(open_regular(name, parent=parent), "rb") as stream,
    ):
        return stream.read(), os.fstat(stream.fileno())
