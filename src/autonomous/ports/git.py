"""Git as the stages see it: read a commit, stack commits without a checkout, move our own refs."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from autonomous.ports.files import Files


class Head(msgspec.Struct, frozen=True):
    """Where HEAD points: `commit` is empty on an unborn branch, `branch` is empty when detached."""

    commit: str
    branch: str  # full name, "refs/heads/main"


class Obstacle(msgspec.Struct, frozen=True):
    """A state in which nothing may be written: what, why it matters, and how to leave it."""

    what: str  # "a rebase is under way in this repository"
    why: str
    hint: str


class CommitStep(msgspec.Struct, frozen=True):
    """One commit to stack: whole contents of the files it changes (None removes), and its message.

    `allowed` names protected files (CI, hooks, conftest.py) that a person approved by name.
    """

    contents: Mapping[str, bytes | None]
    message: str
    allowed: tuple[str, ...] = ()


class RefUpdate(msgspec.Struct, frozen=True):
    """Move a ref from `old` to `new`; an empty string stands for "does not exist"."""

    name: str
    old: str
    new: str


class Repository(Protocol):
    """One git repository. Nothing here runs hooks, filters or any program that its configuration names."""

    @property
    def root(self) -> Path:
        """The work tree's real path."""
        ...

    @property
    def common_dir(self) -> Path:
        """The real path of the directory that all linked work trees share."""
        ...

    def head(self) -> Head:
        """Return where HEAD points now."""
        ...

    def obstacles(self) -> tuple[Obstacle, ...]:
        """Return what forbids writing now: merge, rebase, bisect..., a foreign lock, missing objects, unborn."""
        ...

    def resolve(self, name: str) -> str:
        """Return the full commit id for a ref name or an abbreviated id; empty when there is none."""
        ...

    def tree(self, commit: str) -> Files:
        """Return the files of a commit."""
        ...

    def uncommitted(self, commit: str, paths: Sequence[str]) -> tuple[str, ...]:
        """Return those of `paths` whose work-tree or index content is not that of `commit`."""
        ...

    def stack(self, base: str, steps: Sequence[CommitStep]) -> tuple[str, ...]:
        """Write one commit per step on top of `base`, as objects only, and return their ids in order.

        File modes stay; raises Refused for a path that the path policy forbids.
        """
        ...

    def changed_paths(self, older: str, newer: str) -> tuple[str, ...]:
        """Return the paths that differ between two commits."""
        ...

    def refs(self, prefix: str) -> Mapping[str, str]:
        """Return full ref names below `prefix` and the commits they point to."""
        ...

    def update_refs(self, updates: Sequence[RefUpdate]) -> None:
        """Move all refs in one transaction, or none; raises Refused when an old value does not match."""
        ...

    def contains(self, commit: str, *, tip: str) -> bool:
        """Tell whether `commit` is `tip` or one of its ancestors."""
        ...
