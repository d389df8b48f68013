"""One git repository, as the stages see it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from autonomous.adapters.git.layout import open_layout
from autonomous.adapters.git.names import resolve
from autonomous.adapters.git.objects import ObjectReader
from autonomous.adapters.git.obstacles import obstacles
from autonomous.adapters.git.refs import Refs, refuse_checked_out
from autonomous.adapters.git.runner import GitRunner, locate_git
from autonomous.adapters.git.shadow import Shadow
from autonomous.adapters.git.stack import CommitWriter, Identity
from autonomous.adapters.git.tree import CommitFiles
from autonomous.adapters.git.uncommitted import uncommitted
from autonomous.adapters.git.update import RefWriter
from autonomous.ports.clock import Clock
from autonomous.ports.git import CommitStep, Head, Obstacle, RefUpdate

_COMPARE = ("diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv")


class GitRepository:
    """`Repository` on real git. `state` is a directory of ours, outside the repository.

    Raises Refused when `root` is no repository or one that leads elsewhere. Close it when done.
    """

    def __init__(
        self,
        root: Path,
        *,
        state: Path,
        clock: Clock,
        author: Identity,
        committer: Identity,
        search_path: str = "",
        exclude: Sequence[str] = (),
        max_bytes: int | None = None,
    ) -> None:
        self.layout = open_layout(root)
        self.state = state
        program = locate_git(search_path, root=self.layout.root)
        self.shadow = Shadow(self.layout, state=state, program=program)
        self._exclude, self._max_bytes = exclude, max_bytes
        self.ref_files = Refs(self.layout)
        self.reader = ObjectReader(self.shadow.runner)
        self._commits = CommitWriter(
            self.shadow.runner,
            author=author,
            committer=committer,
            clock=clock,
            object_format=self.layout.object_format,
        )
        self.ref_writer = RefWriter(
            GitRunner(program, git_dir=self.layout.git_dir, objects=self.layout.objects),
            layout=self.layout,
            committer=committer,
        )

    @property
    def root(self) -> Path:
        """The work tree's real path."""
        return self.layout.root

    @property
    def common_dir(self) -> Path:
        """The real path of the directory that all linked work trees share."""
        return self.layout.common_dir

    def head(self) -> Head:
        """Return where HEAD points now."""
        return self.ref_files.head()

    def obstacles(self) -> tuple[Obstacle, ...]:
        """Return what forbids writing now."""
        return tuple(obstacles(self.layout, refs=self.ref_files, shadow=self.shadow))

    def resolve(self, name: str) -> str:
        """Return the full commit id for a ref name or an abbreviated id, "~2" and "^1" behind it allowed."""
        return resolve(name, refs=self.ref_files, runner=self.shadow.runner)

    def tree(self, commit: str) -> CommitFiles:
        """Return the files of a commit."""
        return CommitFiles(
            commit,
            runner=self.shadow.runner,
            reader=self.reader,
            exclude=self._exclude,
            max_bytes=self._max_bytes,
        )

    def uncommitted(self, commit: str, paths: Sequence[str]) -> tuple[str, ...]:
        """Return those of `paths` whose work-tree or index content is not that of `commit`."""
        entries = self.tree(commit).entries
        return tuple(uncommitted(paths, entries=entries, layout=self.layout, shadow=self.shadow))

    def stack(self, base: str, steps: Sequence[CommitStep]) -> tuple[str, ...]:
        """Write one commit per step on top of `base`, as objects only, and return their ids in order."""
        with self.shadow.scratch() as folder:
            return self._commits.write(self.tree(base), steps, folder=folder)

    def changed_paths(self, older: str, newer: str) -> tuple[str, ...]:
        """Return the paths that differ between two commits; a rename is two paths."""
        said = self.shadow.runner.run([*_COMPARE, older, newer])
        return tuple(path.decode("utf-8", "surrogateescape") for path in said.split(b"\0")[:-1])

    def refs(self, prefix: str) -> Mapping[str, str]:
        """Return full ref names below `prefix` and what they point to."""
        names = self.ref_files.below(prefix)
        targets = {name: self.ref_files.target(name) for name in names}
        return {name: oid for name, oid in targets.items() if oid}

    def update_refs(self, updates: Sequence[RefUpdate]) -> None:
        """Move all refs or none; raises Refused for a wrong old value and a branch that is checked out."""
        refuse_checked_out(self.ref_files, [update.name for update in updates])
        self.ref_writer.move(updates)

    def contains(self, commit: str, *, tip: str) -> bool:
        """Tell whether `commit` is `tip` or one of its ancestors, as far as the clone's history goes."""
        self.shadow.copy_shallow()
        status, _ = self.shadow.runner.attempt(["merge-base", "--is-ancestor", commit, tip], accept=(0, 1))
        return status == 0

    def close(self) -> None:
        """End the process that reads objects."""
        self.reader.close()

    def __enter__(self) -> Self:
        """Return the repository itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process that reads objects."""
        self.close()
