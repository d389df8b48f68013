"""Our own store of exact bytes: loose objects as git has them, written without any filter."""

import hashlib
import io
import os
import tempfile
import zlib
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import BinaryIO

from autonomous.model.errors import Refused

_CHUNK = 1 << 20
_ATTEMPTS = 5
_FAST = 1  # zlib's quickest level: checkpoints are short-lived


class BlobStore:
    """Blobs by their git ids below `folder`. What was put is durable after `flush`."""

    def __init__(self, folder: Path, *, object_format: str) -> None:
        self._folder, self._format = folder, object_format
        self._incoming = folder / "incoming"
        self._incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._pending: dict[str, str] = {}

    def has(self, oid: str) -> bool:
        """Tell whether a blob is here."""
        return oid in self._pending or self._place(oid).exists()

    def id_of(self, descriptor: int) -> str:
        """Return the id of an open file's bytes, "" when its size changed while it was read."""
        state, size, count = hashlib.new(self._format, usedforsecurity=False), os.fstat(descriptor).st_size, 0
        state.update(b"blob %d\0" % size)
        for chunk in _chunks(descriptor):
            state.update(chunk)
            count += len(chunk)
        return state.hexdigest() if count == size else ""

    def put(self, descriptor: int, *, path: str) -> str:
        """Keep the bytes of an open file and return their id; raises Refused when it never stands still."""
        for _ in range(_ATTEMPTS):
            oid = self.id_of(descriptor)
            if oid and (self.has(oid) or self._write(descriptor, oid)):
                return oid
        raise Refused(
            f"{path} changes while it is read",
            detail=path,
            hint="end the program that writes to it, or let .gitignore name it, then run this again",
        )

    def put_bytes(self, data: bytes) -> str:
        """Keep bytes and return their id."""
        with tempfile.TemporaryFile() as stream:
            stream.write(data)
            stream.flush()
            return self.put(stream.fileno(), path="")

    def flush(self) -> None:
        """Make everything that was put durable, and only then visible."""
        for name in self._pending.values():
            _fsync(Path(name))
        folders = set()
        for oid, name in self._pending.items():
            place = self._place(oid)
            place.parent.mkdir(exist_ok=True, mode=0o700)
            Path(name).replace(place)
            folders.add(place.parent)
        for folder in [*folders, self._folder]:
            _fsync(folder)
        self._pending.clear()

    def copy(self, oid: str, stream: BinaryIO) -> None:
        """Write a blob's bytes to a stream; raises Refused when they are missing or damaged."""
        state, unpack = hashlib.new(self._format, usedforsecurity=False), zlib.decompressobj()
        header = b""
        try:
            with self._place(oid).open("rb") as packed:
                while chunk := packed.read(_CHUNK):
                    data = unpack.decompress(chunk)
                    state.update(data)
                    if header[-1:] != b"\0":
                        start, end, data = data.partition(b"\0")
                        header += start + end
                    stream.write(data)
        except (FileNotFoundError, zlib.error):
            state.update(b"damaged")
        if state.hexdigest() != oid:
            raise Refused(
                "the store of checkpoints is damaged",
                detail=oid,
                hint="choose another one: autonomous checkpoints",
            )

    def read(self, oid: str) -> bytes:
        """Return a blob's bytes; raises Refused as `copy` does."""
        with io.BytesIO() as stream:
            self.copy(oid, stream)
            return stream.getvalue()

    def intact(self, oid: str) -> bool:
        """Tell whether a blob is here and is what it was."""
        try:
            with Path(os.devnull).open("wb") as nowhere:
                self.copy(oid, nowhere)
        except Refused:
            return False
        return True

    def sweep(self, kept: AbstractSet[str]) -> int:
        """Remove every blob that is not kept, and return the bytes that were freed."""
        freed = 0
        self._pending.clear()
        for place in [*self._folder.glob("??/*"), *self._incoming.iterdir()]:
            if place.parent.name + place.name not in kept:
                freed += place.stat().st_size
                place.unlink()
        return freed

    def _write(self, descriptor: int, oid: str) -> bool:
        """Compress to a file of its own; False when the bytes are no longer those of the id."""
        size = os.fstat(descriptor).st_size
        state, pack = hashlib.new(self._format, usedforsecurity=False), zlib.compressobj(_FAST)
        number, name = tempfile.mkstemp(dir=self._incoming)
        with os.fdopen(number, "wb") as stream:
            for part in (b"blob %d\0" % size, *_chunks(descriptor)):
                state.update(part)
                stream.write(pack.compress(part))
            stream.write(pack.flush())
        if state.hexdigest() != oid:
            Path(name).unlink()
            return False
        self._pending[oid] = name
        return True

    def _place(self, oid: str) -> Path:
        return self._folder / oid[:2] / oid[2:]


def _chunks(descriptor: int) -> Iterator[bytes]:
    at = 0
    while chunk := os.pread(descriptor, _CHUNK, at):
        at += len(chunk)
        yield chunk


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
