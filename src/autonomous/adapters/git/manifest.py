"""What a checkpoint records, entry by entry, and how it is written down."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import msgspec

from autonomous.adapters.git.shadow import replace_file
from autonomous.model.checkpoint import Checkpoint
from autonomous.model.digest import Digest, digest_of
from autonomous.model.errors import Refused

_SUMMARY, _MANIFEST = ".checkpoint.json", ".manifest.json"


class Kind(StrEnum):
    """What an entry of a work tree is; `closed` is what we have no right to look into."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    PIPE = "pipe"
    OTHER = "other"
    CLOSED = "closed"


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """How the system tells one state of a file from another; times in nanoseconds."""

    device: int
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry of a work tree. `blob` names its bytes; those of ignored files are not kept."""

    path: bytes  # relative to the root, as the system has it
    kind: Kind
    mode: int  # permission bits
    stamp: Stamp
    atime_ns: int
    blob: str = ""
    target: bytes = b""
    attributes: dict[str, bytes] = {}  # extended ones
    ignored: bool = False

    def same_content(self, other: "Entry") -> bool:
        """Tell whether both are the same thing, whatever their modes and times are."""
        return (self.kind, self.blob, self.target) == (other.kind, other.blob, other.target)

    def same(self, other: "Entry") -> bool:
        """Tell whether there is nothing to put back."""
        mine = (self.mode, self.attributes, self.stamp.mtime_ns)
        return self.same_content(other) and mine == (other.mode, other.attributes, other.stamp.mtime_ns)


class StateFile(msgspec.Struct, frozen=True):
    """One file of a git directory: `own` to this work tree, or in the common directory."""

    path: bytes
    own: bool
    mode: int
    blob: str


class Manifest(msgspec.Struct, frozen=True):
    """One state of work tree, index, HEAD, refs, logs and operations.

    `taken_ns` is the file system's time when the walk began: what changed shortly before may change
    again without a new time stamp, and is read again next time.
    """

    taken_ns: int
    entries: tuple[Entry, ...]
    state: tuple[StateFile, ...]
    refs: Mapping[bytes, bytes]  # full names, and object ids or "ref: OTHER"
    staged: tuple[str, ...]  # blobs that only the index knows

    def blobs(self) -> set[str]:
        """Return the names of all blobs that must be kept."""
        kept = {entry.blob for entry in self.entries if entry.blob and not entry.ignored}
        return kept | {file.blob for file in self.state} | set(self.staged)


class Shelf:
    """Checkpoints on disk: a summary and a manifest each, numbered in the order they were made."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def save(self, checkpoint: Checkpoint, data: bytes) -> None:
        """Write both files; the checkpoint exists when its summary does."""
        numbers = [int(name.split("-", 1)[0]) for name in self._names()]
        name = f"{max(numbers, default=0) + 1:08d}-{checkpoint.id}"
        replace_file(self._folder / f"{name}{_MANIFEST}", data)
        replace_file(self._folder / f"{name}{_SUMMARY}", msgspec.json.encode(checkpoint))

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """Return all, newest first."""
        places = (self._folder / f"{name}{_SUMMARY}" for name in self._names())
        return tuple(msgspec.json.decode(place.read_bytes(), type=Checkpoint) for place in places)

    def manifest(self, checkpoint: Checkpoint) -> Manifest:
        """Return a checkpoint's manifest; raises Refused when it is not what was written."""
        name = next(name for name in self._names() if name.endswith(f"-{checkpoint.id}"))
        try:
            data = (self._folder / f"{name}{_MANIFEST}").read_bytes()
        except FileNotFoundError:
            data = b""
        if digest_of(data) != checkpoint.manifest:
            raise Refused(
                f"checkpoint {checkpoint.id} is damaged",
                detail=f"{self._folder / name}{_MANIFEST}",
                hint="choose another one: autonomous checkpoints",
            )
        return msgspec.json.decode(data, type=Manifest)

    def forget(self, checkpoint: Checkpoint) -> int:
        """Remove a checkpoint and return the bytes that its two files took."""
        freed = 0
        for name in self._names():
            if name.endswith(f"-{checkpoint.id}"):
                for ending in (_SUMMARY, _MANIFEST):
                    place = self._folder / f"{name}{ending}"
                    freed += place.stat().st_size
                    place.unlink()
        return freed

    def _names(self) -> list[str]:
        found = sorted(self._folder.glob(f"*{_SUMMARY}"), reverse=True)
        return [place.name.removesuffix(_SUMMARY) for place in found]


def encode(manifest: Manifest) -> tuple[bytes, Digest]:
    """Return a manifest's bytes and their digest."""
    data = msgspec.json.encode(manifest)
    return data, digest_of(data)
