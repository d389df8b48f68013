"""What the stages need from the world: one small protocol a file, implemented in `adapters/`."""

from dataclasses import dataclass

from autonomous.ports.analyzer import ChangeAnalyzer, FileAnalyzer
from autonomous.ports.clock import Clock
from autonomous.ports.decisions import Decisions
from autonomous.ports.files import Files
from autonomous.ports.git import Repository
from autonomous.ports.suite import Suite

__all__ = ["Ports"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The ports of one run. `files` is the tree at the base; `repository` and `suite` are absent outside git."""

    files: Files
    clock: Clock
    decisions: Decisions
    repository: Repository | None = None
    suite: Suite | None = None
    file_analyzers: tuple[FileAnalyzer, ...] = ()
    change_analyzers: tuple[ChangeAnalyzer, ...] = ()
