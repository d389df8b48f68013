"""The files of the log: segments in order, the last line of one, durable appends, the head."""

import json
import os
import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

_NAME = re.compile(r"(\d{12})-(\d{4}-\d{2}-\d{2})\.jsonl")
_CHUNK = 65_536
_HEAD = "head"


class Segment(NamedTuple):
    """One file: the number of its first record, the day it was begun, and where it lies."""

    first: int
    day: date
    path: Path


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last record that is known to be in the log: it anchors the end of the chain."""

    n: int
    hash: str


def segments_in(directory: Path) -> tuple[Segment, ...]:
    """Return the segments in order; none when there is no directory."""
    with suppress(FileNotFoundError):
        names = sorted(path.name for path in directory.iterdir() if _NAME.fullmatch(path.name))
        return tuple(_segment(directory / name) for name in names)
    return ()


def _segment(path: Path) -> Segment:
    first, _, day = path.stem.partition("-")
    with suppress(ValueError):
        return Segment(int(first), date.fromisoformat(day), path)
    return Segment(int(first), date.min, path)  # a day that no calendar has: somebody else named this file


def new_segment(directory: Path, *, first: int, day: date) -> Segment:
    """Name the segment that begins with this record on this day."""
    return Segment(first, day, directory / f"{first:012d}-{day.isoformat()}.jsonl")


def last_piece(path: Path) -> tuple[bytes, bool]:
    """Return the last line without its end, and whether it has one; an empty file has an empty line that ends."""
    with path.open("rb") as stream:
        at = stream.seek(0, os.SEEK_END)
        found = b""
        while at and b"\n" not in found[:-1]:
            size = min(_CHUNK, at)
            at = stream.seek(at - size)
            found = stream.read(size) + found
    whole = found.endswith(b"\n") or not found
    return found.removesuffix(b"\n").rpartition(b"\n")[2], whole


def append_durably(path: Path, data: bytes) -> None:
    """Add bytes and return when they are on the disk; on an OSError the file is as it was before."""
    existed = path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        size = os.fstat(handle).st_size
        try:
            _write_all(handle, data)
            os.fsync(handle)
        except OSError:
            with suppress(OSError):  # what stays behind is a torn line, which the next append heals
                os.ftruncate(handle, size)
            raise
    finally:
        os.close(handle)
    if not existed:
        sync_directory(path.parent)


def replace_durably(path: Path, data: bytes) -> None:
    """Put a file in the place of another one, whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        _write_all(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)
    fresh.replace(path)


def cut_durably(path: Path, size: int) -> None:
    """Shorten a file."""
    with path.open("r+b") as stream:
        stream.truncate(size)
        os.fsync(stream.fileno())


def sync_directory(directory: Path) -> None:
    """Make new and removed names durable."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def write_head(directory: Path, head: Head) -> None:
    """Anchor the end of the chain."""
    replace_durably(directory / _HEAD, json.dumps(msgspec.to_builtins(head)).encode("ascii") + b"\n")


def read_head(directory: Path) -> Head | None:
    """Return the anchor, None when there is none; raises ValueError when it is not one."""
    try:
        return msgspec.convert(json.loads((directory / _HEAD).read_bytes()), Head)
    except FileNotFoundError:
        return None
    except (ValueError, msgspec.ValidationError) as error:
        raise ValueError("the file `head` is not what was written") from error
