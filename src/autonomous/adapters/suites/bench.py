"""One run laid out: the copy of the tree, the plugin with its plan, and what the sandbox shows where."""

import json
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from autonomous.adapters.suites.generated import copy_generated
from autonomous.adapters.suites.interpreter import Interpreter
from autonomous.adapters.suites.layout import Layout, has_tests, layout_of
from autonomous.adapters.suites.report import read_coverage
from autonomous.model.testing import FileCoverage
from autonomous.model.workflow import Limits
from autonomous.ports.sandbox import Job, Mount
from autonomous.ports.suite import TreeState

Export = Callable[[str, Path, Mapping[str, bytes | None]], None]

INSIDE = Path("/tmp/.autonomous")  # noqa: S108 - the sandbox's own /tmp
REPORT, _COVERAGE = "report.jsonl", "coverage.json"  # what the plugin writes
_LARGEST = 64_000_000  # bytes; the report of a hundred thousand tests takes half of that
_PLUGIN = "autonomous_report"
_LIBRARY = "library"
_OWN_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
_OPTIONS = (
    "-p",
    _PLUGIN,
    "-p",
    "no:randomly",  # one order in every run, or a culprit could not be told from bad luck
    "--maxfail=0",
    "--continue-on-collection-errors",
    "-o",
    f"cache_dir={INSIDE.parent / 'pytest-cache'}",
)
_COVERAGE_OPTIONS = ("--no-cov", "-p", "no:xdist")  # two measurements at once would disturb each other


class Wish(msgspec.Struct, frozen=True):
    """Which tests to run (all when empty), whether to measure coverage, whether sources go first on the path."""

    tests: tuple[str, ...] = ()
    coverage: bool = False
    sources_first: bool = False


class Bench:
    """A folder of its own for one run; the caller removes the folder."""

    def __init__(self, folder: Path, *, root: Path, interpreter: Interpreter) -> None:
        self._root, self._interpreter = root, interpreter
        self.tree, self._out, self._plan = folder / "tree", folder / "out", folder / "plan.json"
        self._links = folder / "links"
        self._marker = f".autonomous-marker-{secrets.token_hex(8)}"
        self._nonce = secrets.token_hex(16)

    def set_up(self, state: TreeState, export: Export) -> None:
        """Write the tree of the commit with its overlay, and beside the sources what a build generated there."""
        self.tree.mkdir(mode=0o700)
        self._out.mkdir(mode=0o700)
        export(state.base, self.tree, state.overlay)
        copy_generated(self._root, self.tree)

    @property
    def has_tests(self) -> bool:
        """Whether pytest would find anything to do in the tree."""
        return has_tests(self.tree)

    def is_marked_by(self, found: str | None) -> bool:
        """Tell whether what the plugin read is what was put into the copy."""
        return found == self._nonce

    def job(self, command: tuple[str, ...], wish: Wish, limits: Limits) -> Job:
        """Return the job that runs `command` with the plugin; the tree must be set up.

        Files of an earlier job are removed, the marker is put into the tree anew.
        """
        layout = layout_of(self.tree)
        for name in self._out.iterdir():
            name.unlink()
        (self.tree / self._marker).write_text(self._nonce, encoding="ascii")
        self._plan.write_text(json.dumps(self._facts(layout, wish)), encoding="utf-8")
        options = (*_OPTIONS, *(_COVERAGE_OPTIONS if wish.coverage else ()), f"--rootdir={self._root}")
        path = [str(INSIDE), *(str(self._root / name) for name in layout.roots if wish.sources_first)]
        return Job(
            argv=(*command, *options),  # as arguments, because pytest-xdist hands those on to its workers
            cwd=self._root,
            mounts=(*self._mounts(), *self._library(coverage=wish.coverage)),
            env={
                **self._interpreter.variables,
                "PYTHONPATH": os.pathsep.join(path),
                "PYTHONHASHSEED": "0",
            },
            wall_seconds=limits.test_seconds,
            memory_mb=limits.memory_mb,
        )

    def written(self, name: str) -> bytes:
        """Return a file that the plugin wrote, empty when it did not; a link that tests put there is not followed.

        Tests may write there too: of a file without end only the beginning is read.
        """
        path = self._out / name
        if path.is_symlink() or not path.is_file():
            return b""
        with path.open("rb") as stream:
            return stream.read(_LARGEST)

    def coverage(self) -> tuple[FileCoverage, ...]:
        """Return what the plugin measured of the tree's own packages and modules, tests left out."""
        layout = layout_of(self.tree)
        measured = read_coverage(self.written(_COVERAGE), root=PurePosixPath(self._root))
        return tuple(file for file in measured if layout.measures(file.path))

    def has_written(self, name: str) -> bool:
        """Tell whether the plugin came far enough to open this file."""
        return (self._out / name).is_file()

    def _facts(self, layout: Layout, wish: Wish) -> dict[str, object]:
        environment = self._interpreter.environment
        return {
            "root": str(self._root),
            "marker": self._marker,
            "modules": layout.modules,
            "foreign": [str(environment)] if environment else [],
            "tests": wish.tests,
            "library": str(INSIDE / _LIBRARY) if self._interpreter.version == _OWN_VERSION else "",
            "coverage": [str(self._root / path) for path in layout.sources] if wish.coverage else None,
        }

    def _mounts(self) -> Sequence[Mount]:
        mounts = [
            Mount(self.tree, self._root, writable=True),
            Mount(self._out, INSIDE / "out", writable=True),
            Mount(self._plan, INSIDE / "plan.json"),
            Mount(Path(__file__).with_name("plugin.py"), INSIDE / f"{_PLUGIN}.py"),
            *self._interpreter.mounts,
        ]
        for number, (link, target) in enumerate(self._interpreter.links.items()):
            folder = self._links / str(number)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / link.name).unlink(missing_ok=True)
            (folder / link.name).symlink_to(target)
            mounts.append(Mount(folder, link.parent))
        return mounts

    def _library(self, *, coverage: bool) -> Sequence[Mount]:
        """Our own coverage, for an environment of the same Python version that has none."""
        if not coverage or self._interpreter.version != _OWN_VERSION:
            return ()
        import coverage as own

        return (Mount(Path(own.__file__).parent, INSIDE / _LIBRARY / "coverage"),)


def free_scratch(candidates: Sequence[Path], *, need_bytes: int) -> Path:
    """Return the first folder that can be written and has that much room, else the last one."""
    for folder in candidates:
        if os.access(folder, os.W_OK | os.X_OK) and shutil.disk_usage(folder).free >= need_bytes:
            return folder
    return candidates[-1]
