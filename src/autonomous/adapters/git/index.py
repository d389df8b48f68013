"""The user's index, read from a copy."""

import re
from collections.abc import Iterator

import msgspec

from autonomous.adapters.git.shadow import Shadow

_RECORD = re.compile(
    rb"(?P<mode>\d{6}) (?P<oid>[0-9a-f]+) (?P<stage>\d)\t(?P<path>[^\0]*)\0"
    rb"  ctime: (?P<ctime>\d+:\d+)\n  mtime: (?P<mtime>\d+:\d+)\n  dev: \d+\tino: (?P<ino>\d+)\n"
    rb"  uid: \d+\tgid: \d+\n  size: (?P<size>\d+)\tflags: (?P<flags>[0-9a-f]+)\n"
)
_SKIP_WORKTREE = 1 << 30
_INTENT_TO_ADD = 1 << 29
_32_BITS = 0xFFFFFFFF


class IndexEntry(msgspec.Struct, frozen=True):
    """One entry; times in nanoseconds, size and inode in the 32 bits that the index keeps."""

    path: str
    mode: str
    oid: str
    stage: int  # 0, or 1 to 3 while a conflict is open
    ctime_ns: int
    mtime_ns: int
    inode: int
    size: int
    flags: int

    @property
    def skipped(self) -> bool:
        """True when a sparse checkout leaves the file out."""
        return bool(self.flags & _SKIP_WORKTREE)

    @property
    def intent(self) -> bool:
        """True when only the intention to add was recorded."""
        return bool(self.flags & _INTENT_TO_ADD)


def read_index(shadow: Shadow) -> tuple[IndexEntry, ...]:
    """Return all entries of the user's index; empty when there is no index."""
    with shadow.index_copy() as copy:
        if copy is None:
            return ()
        listing = shadow.runner.run(
            ["ls-files", "--stage", "--debug", "-z"], environment={"GIT_INDEX_FILE": str(copy)}
        )
    return tuple(_entries(listing))


def _entries(listing: bytes) -> Iterator[IndexEntry]:
    at = 0
    while at < len(listing):
        found = _RECORD.match(listing, at)
        if found is None:
            raise ValueError(listing[at : at + 200])
        at = found.end()
        yield IndexEntry(
            path=found["path"].decode("utf-8", "surrogateescape"),
            mode=found["mode"].decode(),
            oid=found["oid"].decode(),
            stage=int(found["stage"]),
            ctime_ns=_nanoseconds(found["ctime"]),
            mtime_ns=_nanoseconds(found["mtime"]),
            inode=int(found["ino"]),
            size=int(found["size"]),
            flags=int(found["flags"], 16),
        )


def _nanoseconds(text: bytes) -> int:
    seconds, _, rest = text.partition(b":")
    return int(seconds) * 1_000_000_000 + int(rest)


def low_bits(value: int) -> int:
    """Return the 32 bits of a size or an inode number that the index keeps."""
    return value & _32_BITS
