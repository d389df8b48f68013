"""The one place that chooses adapters: what a command gets for the directory it was called on."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from autonomous import locations, settings
from autonomous.adapters.clock import SystemClock
from autonomous.model.errors import Refused
from autonomous.ports.files import Files, FileUnreadable
from autonomous.ruleset import Ruleset

if TYPE_CHECKING:
    from autonomous.adapters.git.layout import Layout
    from autonomous.adapters.git.repository import GitRepository
    from autonomous.ports.audit import AuditLog
    from autonomous.ports.checkpoints import Checkpoints
    from autonomous.ports.store import Store


class Workspace:
    """Everything about one directory; each part is made when it is first asked for. Close it when done."""

    def __init__(
        self, start: Path, *, environ: Mapping[str, str], flags: Mapping[str, object] | None = None
    ) -> None:
        from autonomous.adapters.git.layout import discover

        self.environ = environ
        # A file is judged where it lies, even if it is a link to somewhere else, or to nothing.
        self.start = Path(os.path.realpath(start if start.is_dir() else start.parent))
        self.git_root = discover(self.start)
        self.root = self.git_root or self.start
        self.settings = settings.load(
            root=self.root, user_file=settings.user_file(environ), environ=environ, flags=flags or {}
        )
        self.clock = SystemClock()
        self.problems: list[FileUnreadable] = []
        self.closing = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.close()

    @cached_property
    def rules(self) -> Ruleset:
        """The rules for this directory."""
        return Ruleset(
            self.root, settings=self.settings, state=(lambda: self.state) if self.git_root else None
        )

    @cached_property
    def disk(self) -> Files:
        """The work tree as it is now, unsaved edits and all."""
        from autonomous.adapters.files.directory import DirectoryFiles

        return DirectoryFiles(
            self.root,
            exclude=self.settings.exclude,
            max_bytes=self.settings.limits.file_bytes,
            report=self.problems.append,
        )

    @cached_property
    def layout(self) -> "Layout":
        """Where the repository's parts are; raises Refused outside of one."""
        from autonomous.adapters.git.layout import open_layout

        if self.git_root is None:
            raise _no_repository(self.start)
        return open_layout(self.git_root)

    @cached_property
    def state(self) -> Path:
        """The directory of ours for this repository, outside of it."""
        return locations.state_directory(self.layout.common_dir, self.environ, root=self.git_root)

    @cached_property
    def cache(self) -> Path:
        """A directory of ours that may be emptied at any time."""
        return locations.cache_directory(self.layout.common_dir, self.environ, root=self.git_root)

    @cached_property
    def repository(self) -> "GitRepository":
        """The repository; raises Refused outside of one."""
        from autonomous.adapters.git.repository import GitRepository
        from autonomous.adapters.git.stack import Identity

        author = Identity(self.settings.author.name, self.settings.author.email)
        repository = GitRepository(
            self.layout.root,
            state=self.state,
            clock=self.clock,
            author=author,
            committer=author,
            search_path=self.environ.get("PATH", ""),
            exclude=self.settings.exclude,
            max_bytes=self.settings.limits.file_bytes,
        )
        self.closing.callback(repository.close)
        return repository

    @cached_property
    def store(self) -> "Store":
        """What all runs on this repository know."""
        from autonomous.adapters.sqlite.store import SqliteStore

        store = SqliteStore(self.state / "state.db", clock=self.clock)
        self.closing.callback(store.close)
        return store

    @cached_property
    def audit(self) -> "AuditLog":
        """The log of every decision on this repository."""
        from autonomous.adapters.audit.log import ChainedLog

        return ChainedLog(self.state / "audit", clock=self.clock, environ=self.environ)

    @cached_property
    def checkpoints(self) -> "Checkpoints":
        """The exact states of this repository that can be gone back to."""
        from autonomous.adapters.files.ignore import IgnoreRules
        from autonomous.adapters.git.checkpoints import GitCheckpoints

        return GitCheckpoints(
            self.repository, clock=self.clock, ignores=lambda root, more: IgnoreRules(root, also=(more,))
        )

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only run on this repository; raises Refused when another one is at work."""
        with locations.lock(self.state):
            yield


def _no_repository(start: Path) -> Refused:
    return Refused(
        "this is not a git repository",
        detail=f"{start} and the directories above it hold no .git.",
        hint="make one (git init, then commit), or use `autonomous scan`, which works anywhere",
    )
