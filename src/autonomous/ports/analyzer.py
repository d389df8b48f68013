"""Other tools' opinions, on one file or on a change in its project."""

from typing import Protocol

from autonomous.model.change import ChangeSet
from autonomous.model.issue import Analysis, Issue
from autonomous.ports.files import Files


class FileAnalyzer(Protocol):
    """A tool that judges one file by itself (bandit, detect-secrets)."""

    @property
    def name(self) -> str:
        """The tool's name as people know it."""
        ...

    def issues(self, path: str, data: bytes) -> tuple[Issue, ...]:
        """Return what the tool reports; nothing is run, nothing is written."""
        ...


class ChangeAnalyzer(Protocol):
    """A tool that judges a change in its project (mypy, griffe, the project's formatter)."""

    @property
    def name(self) -> str:
        """The name of the check: "types", "api", "format"."""
        ...

    def compare(self, change: ChangeSet, files: Files) -> Analysis:
        """Return what the change makes new; `files` is the tree before the change."""
        ...
