"""Targets as people type them, turned into paths below the root of the workspace."""

import os
from collections.abc import Sequence
from pathlib import Path

from autonomous.model.errors import UsageError


def below(root: Path, given: Sequence[str]) -> tuple[str, ...]:
    """Return the targets relative to `root`, POSIX; the root itself is an empty tuple: everything.

    Raises UsageError for one that is missing or lies outside.
    """
    paths = tuple(dict.fromkeys(_below(root, name) for name in given))
    return () if "" in paths else paths


def _below(root: Path, name: str) -> str:
    path = Path(os.path.abspath(name))  # noqa: PTH100 - resolve() would follow a link that is itself the target
    if not os.path.lexists(path):
        raise UsageError(
            f"there is no file or directory {name}",
            detail=str(path),
            hint="check the path, then run this again",
        )
    real = path.resolve() if path.is_dir() else path.parent.resolve() / path.name
    if not real.is_relative_to(root):
        hint = f"change to the repository of {name}, then run this again"
        raise UsageError(f"{name} is not below {root}", hint=hint)
    inside = real.relative_to(root).as_posix()
    return "" if inside == "." else inside
