"""A tree of files that can be read, never written: a directory, or a commit."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from autonomous.model.errors import AutonomousError, ExitCode


class FileUnreadable(AutonomousError):
    """One file of a tree cannot be read; `reason` says why in words."""

    exit_code = ExitCode.INCOMPLETE
    hint = "exclude it in [tool.autonomous] `exclude`, or make it readable"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason, self.detail = path, reason, path
        super().__init__(f"{path}: {reason}")


class Files(Protocol):
    """Paths are POSIX and relative to the root of the tree; other than UTF-8 bytes are surrogate-escaped."""

    def paths(self, targets: Sequence[str] = ()) -> Iterator[str]:
        """Yield the regular files below the targets (all when empty) in sorted order, exclusions left out."""
        ...

    def read(self, path: str) -> bytes:
        """Return the exact bytes; raises FileUnreadable (gone, no right, FIFO, link out of the tree, too large)."""
        ...

    def exists(self, path: str) -> bool:
        """Tell whether `path` is a regular file of this tree."""
        ...
