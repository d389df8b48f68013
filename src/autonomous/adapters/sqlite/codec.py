"""Values as JSON text, and bytes under their digest: the two forms in which the store keeps things."""

import json
import sqlite3
import zlib
from typing import TypeVar

import msgspec

from autonomous.model.digest import Digest, digest_of

T = TypeVar("T")


class DamagedRow(ValueError):
    """A row does not hold what was written into it."""


def dump(value: msgspec.Struct) -> str:
    """Write a value as JSON in ASCII: paths that are not UTF-8 keep their surrogate escapes."""
    return json.dumps(msgspec.to_builtins(value), separators=(",", ":"))


def load(text: str, kind: type[T]) -> T:
    """Read back what `dump` wrote; raises DamagedRow when it is anything else."""
    try:
        return msgspec.convert(json.loads(text), kind)
    except (ValueError, msgspec.ValidationError, RecursionError) as error:
        raise DamagedRow(f"a {kind.__name__} cannot be read: {error}") from error


def keep(db: sqlite3.Connection, data: bytes) -> Digest:
    """Keep bytes once, however often they are referred to, and return their digest."""
    digest = digest_of(data)
    db.execute(
        "INSERT INTO contents (digest, data) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (digest, zlib.compress(data)),
    )
    return digest


def fetch(db: sqlite3.Connection, digest: str) -> bytes:
    """Return the bytes kept under a digest; raises DamagedRow when they are others, or gone."""
    row = db.execute("SELECT data FROM contents WHERE digest = ?", (digest,)).fetchone()
    try:
        data = zlib.decompress(row[0]) if row else b""
    except (zlib.error, TypeError) as error:
        raise DamagedRow(f"content {digest:.12} cannot be read: {error}") from error
    if row is None or digest_of(data) != digest:
        raise DamagedRow(f"content {digest:.12} is not what was written")
    return data
