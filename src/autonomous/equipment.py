"""The adapters of a run that cost something to make: analyzers, sandboxes, the test suite."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from autonomous.ports.analyzer import ChangeAnalyzer, FileAnalyzer
from autonomous.ports.sandbox import Sandbox
from autonomous.workspace import Workspace

if TYPE_CHECKING:
    from autonomous.adapters.suites.pytest_suite import PytestSuite

_TMPFS = Path("/dev/shm")  # noqa: S108 - each run makes a directory of its own below it, 0700
_ROOM = 1_000_000_000  # bytes that a copy of the tree and what its tests write may need


def scratch(space: Workspace) -> Path:
    """Return a fresh private directory that goes when the workspace is closed."""
    return Path(space.closing.enter_context(tempfile.TemporaryDirectory(prefix="autonomous-")))


def file_analyzers(space: Workspace) -> tuple[FileAnalyzer, ...]:
    """Return the tools that judge one file by itself."""
    from autonomous.adapters.analyzers.bandit import Bandit
    from autonomous.adapters.analyzers.detect_secrets import DetectSecrets

    place = scratch(space)
    return Bandit(place), DetectSecrets(place)


def change_analyzers(space: Workspace) -> tuple[ChangeAnalyzer, ...]:
    """Return the tools that judge a change in its project; mypy's cache is kept between runs."""
    from autonomous.adapters.analyzers.formatter import Formatter
    from autonomous.adapters.analyzers.griffe import Interface
    from autonomous.adapters.analyzers.mypy import Types

    place = space.cache / "mypy"
    place.mkdir(mode=0o700, exist_ok=True)
    types = Types(place, memory_mb=space.settings.limits.memory_mb)
    space.closing.callback(types.close)
    return types, Interface(), Formatter(scratch(space), search=_programs(space))


def _programs(space: Workspace) -> str:
    """Return the search path without folders of the repository: what lies there runs in the sandbox alone.

    The environment that the person activated stays, wherever it is.
    """
    folders = (Path(folder) for folder in space.environ.get("PATH", "").split(os.pathsep) if folder)
    active = space.environ.get("VIRTUAL_ENV")
    return os.pathsep.join(
        str(folder)
        for folder in folders
        if not folder.resolve().is_relative_to(space.root) or (active and folder.is_relative_to(active))
    )


def sandboxes(space: Workspace) -> tuple[Sandbox, ...]:
    """Return the backends of this machine, the preferred one first, none of them probed yet."""
    from autonomous.adapters.sandbox.bubblewrap import installed

    cache = space.cache.parent if space.git_root else scratch(space)
    return installed(cache=cache, home=Path(space.environ.get("HOME") or "/nonexistent"))


def suite_of(space: Workspace) -> "PytestSuite":
    """Return the repository's own tests, in the first sandbox that stops every attempt to escape."""
    from autonomous.adapters.git.export import export
    from autonomous.adapters.sandbox.choice import choose
    from autonomous.adapters.suites.bench import free_scratch
    from autonomous.adapters.suites.interpreter import find_interpreter
    from autonomous.adapters.suites.pytest_suite import PytestSuite

    def write(commit: str, into: Path, overlay: Mapping[str, bytes | None]) -> None:
        export(space.repository.tree(commit), into=into, overlay=overlay)

    sandbox, _ = choose(sandboxes(space))
    root, wanted = space.repository.root, space.settings.test.python
    active = space.environ.get("VIRTUAL_ENV")
    return PytestSuite(
        root=root,
        export=write,
        sandbox=sandbox,
        interpreter=find_interpreter(
            root, wanted=Path(wanted) if wanted else None, virtual_env=Path(active) if active else None
        ),
        scratch=free_scratch((_TMPFS, Path(tempfile.gettempdir())), need_bytes=_ROOM),
        home=Path(space.environ.get("HOME") or "/nonexistent"),
        limits=space.settings.limits,
        command=space.settings.test.argv,
    )
