"""Opening files of a hostile directory: no link is followed out of it, no pipe can hang the reader."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autonomous.ports.files import FileUnreadable

_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_REASONS = {
    errno.ENOENT: "it is not there",
    errno.ENOTDIR: "it is not there",
    errno.EACCES: "no permission to read it",
    errno.EPERM: "no permission to read it",
    errno.ENXIO: "a socket or a device",
    errno.ELOOP: "a symbolic link stands in the way",
    errno.ENAMETOOLONG: "its name is too long",
}
_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISDIR, "a directory"),
)


def read_bytes(root: Path, path: str, *, max_bytes: int) -> bytes:
    """Return the bytes of a regular file below `root`; a link to one inside is followed.

    Raises FileUnreadable: gone, no right, no regular file, a link out of the tree, too large.
    """
    if "\0" in path:
        raise FileUnreadable(path, "it is no file name")
    try:
        real = (root / path).resolve()
        if not real.is_relative_to(root):
            raise FileUnreadable(path, "a symbolic link out of the tree")
        with open_below(root, real.relative_to(root).as_posix()) as descriptor:
            return _content(descriptor, path, max_bytes=max_bytes)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise FileUnreadable(path, reason_for(error)) from error


def _content(descriptor: int, path: str, *, max_bytes: int) -> bytes:
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        raise FileUnreadable(path, kind_of(found.st_mode))
    with os.fdopen(os.dup(descriptor), "rb") as stream:
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        size = max(found.st_size, len(data))
        raise FileUnreadable(path, f"too large: {size:,} bytes, the limit is {max_bytes:,}")
    return data


@contextmanager
def open_below(root: Path, path: str) -> Iterator[int]:
    """Give a descriptor of what lies at `path`, going down from `root` without following any link.

    Raises OSError when something on the way is missing, may not be read or is a link.
    """
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in path.split("/"):
            if part not in {"", "."}:
                below = os.open(part, _READ, dir_fd=descriptor)
                os.close(descriptor)
                descriptor = below
        yield descriptor
    finally:
        os.close(descriptor)


def kind_of(mode: int) -> str:
    """Say what a file that is not regular is."""
    return next((name for is_kind, name in _KINDS if is_kind(mode)), "not a regular file")


def reason_for(error: OSError | RuntimeError) -> str:
    """Say in words why something could not be read."""
    if isinstance(error, RuntimeError):
        return "symbolic links lead in a circle"
    return _REASONS.get(error.errno or 0, error.strerror or "it cannot be read")
