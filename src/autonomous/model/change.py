"""A change: the exact bytes before and after, and the digest that an approval names."""

from collections.abc import Iterator
from difflib import unified_diff

import msgspec

from autonomous.model.digest import Digest, digest_of
from autonomous.model.patch import hunks_between

_ABSENT = b"absent"
_PRESENT = b"present"


class FileEdit(msgspec.Struct, frozen=True):
    """One file before and after; None stands for a file that does not exist on that side."""

    path: str  # POSIX, relative to the repository
    before: bytes | None
    after: bytes | None

    def diff(self) -> str:
        """Unified diff with three lines of context; undecodable bytes are shown as escapes."""
        return "".join(_unified(self))

    def added_and_removed(self) -> tuple[int, int]:
        """Count lines added and lines removed."""
        hunks = hunks_between(self.before or b"", self.after or b"")
        return sum(len(h.lines) for h in hunks), sum(h.end - h.start for h in hunks)


class ChangeSet(msgspec.Struct, frozen=True):
    """Edits on top of one commit. What is approved is this digest, and nothing else lands."""

    base: str  # commit id in hexadecimal
    edits: tuple[FileEdit, ...]

    @property
    def digest(self) -> Digest:
        """Digest over the base commit, the paths and all bytes before and after."""
        parts = [self.base.encode()]
        for edit in self.edits:
            parts.append(edit.path.encode("utf-8", "surrogateescape"))
            for side in (edit.before, edit.after):
                parts += [_ABSENT, b""] if side is None else [_PRESENT, side]
        return digest_of(*parts)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths that are changed, in order."""
        return tuple(edit.path for edit in self.edits)

    def diff(self) -> str:
        """Unified diff of all edits."""
        return "".join(edit.diff() for edit in self.edits)


def _unified(edit: FileEdit) -> Iterator[str]:
    old, new = _text(edit.before), _text(edit.after)
    names = (
        "/dev/null" if edit.before is None else f"a/{edit.path}",
        "/dev/null" if edit.after is None else f"b/{edit.path}",
    )
    for line in unified_diff(old, new, *names):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _text(data: bytes | None) -> list[str]:
    if data is None:
        return []
    pieces = data.decode("utf-8", "backslashreplace").split("\n")
    last = pieces.pop()
    lines = [f"{piece}\n" for piece in pieces]
    return [*lines, last] if last else lines
