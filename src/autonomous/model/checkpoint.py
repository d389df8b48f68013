"""A checkpoint: everything needed to bring a repository back, byte for byte."""

from datetime import datetime

import msgspec

from autonomous.model.digest import Digest


class Checkpoint(msgspec.Struct, frozen=True):
    """One recorded state of work tree, index, HEAD and refs."""

    id: str
    at: datetime
    workflow: str
    reason: str
    manifest: Digest
    head: str  # commit id, empty when unborn
    files: int
    bytes: int


class Restored(msgspec.Struct, frozen=True):
    """What going back to a checkpoint did, and what it left alone because somebody changed it since."""

    checkpoint: str
    written: tuple[str, ...]
    removed: tuple[str, ...]
    left_alone: tuple[str, ...]
    before: str  # id of the checkpoint made just before, to undo this
