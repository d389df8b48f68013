"""Other tools' opinions, on one file or on a change in its project."""

from collections.abc import Sequence
from typing import Protocol

from autonomous.model.change import ChangeSet
from autonomous.model.errors import AutonomousError
from autonomous.model.issue import Analysis, Issue
from autonomous.ports.files import Files


class AnalysisFailed(AutonomousError):
    """A tool could not judge a file; `reason` says why in words."""

    hint = "judge the change without this tool, or run the tool by hand on the file"

    def __init__(self, tool: str, *, path: str, reason: str) -> None:
        self.tool, self.path, self.reason, self.detail = tool, path, reason, path
        super().__init__(f"{tool} could not judge {path}: {reason}")


class FileAnalyzer(Protocol):
    """A tool that judges one file by itself (bandit, detect-secrets)."""

    @property
    def name(self) -> str:
        """The tool's name as people know it."""
        ...

    def issues(self, path: str, data: bytes) -> tuple[Issue, ...]:
        """Return what the tool reports; nothing of it is run. Raises AnalysisFailed when the tool gives up."""
        ...


class ChangeAnalyzer(Protocol):
    """A tool that judges a change in its project (mypy, griffe, the project's formatter)."""

    @property
    def name(self) -> str:
        """The name of the check: "types", "api", "format"."""
        ...

    def prepare(self, changes: Sequence[ChangeSet], files: Files) -> None:
        """Hear of all changes that `compare` will be asked about, so that what is alike is done once."""
        ...

    def compare(self, change: ChangeSet, files: Files) -> Analysis:
        """Return what the change makes new; `files` is the tree before the change."""
        ...
