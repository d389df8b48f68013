"""Content digests: how a change, a tree or a record is named."""

import hashlib
from typing import NewType

Digest = NewType("Digest", str)
"""64 lower-case hexadecimal characters of SHA-256."""


def digest_of(*parts: bytes) -> Digest:
    """SHA-256 over the parts, each preceded by its length, so that no two part lists collide by joining."""
    state = hashlib.sha256()
    for part in parts:
        state.update(len(part).to_bytes(8, "big"))
        state.update(part)
    return Digest(state.hexdigest())
