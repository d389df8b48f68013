"""What `doctor` looks at: git, Python, the sandbox, the tests, the settings, and optional parts."""

import platform
import shutil
import sys
from collections.abc import Iterator

from autonomous.cli.render.json_facts import Provision
from autonomous.equipment import sandboxes, suite_of
from autonomous.model.errors import AutonomousError
from autonomous.settings import Origin
from autonomous.workspace import Workspace

_FORMATTERS = ("ruff", "black")
_FREE_BYTES = 500_000_000  # below this a checkpoint or a test tree may not fit


def examine(space: Workspace) -> Iterator[Provision]:
    """Yield one line for each part, the needed ones first."""
    yield _there("python", f"{platform.python_version()} ({sys.executable})")
    yield _git(space)
    yield from _repository(space)
    yield from _sandbox(space)
    yield from _tests(space)
    own = sum(rule.folder.is_relative_to(space.root / ".autonomous") for rule in space.rules.all.rules)
    yield _there("rules", f"{len(space.rules.all.rules)}, {own} of them this repository's own")
    chosen = sorted(key for key, origins in space.settings.origins.items() if origins != (Origin.BUILT_IN,))
    yield _there("settings", ", ".join(chosen) or "all as built in (`autonomous init` writes a section)")
    free = shutil.disk_usage(space.root).free
    words = f"{free // 1_000_000:,} MB free"
    yield _there("disk", words) if free > _FREE_BYTES else _missing("disk", words, "free some space")
    for name in _FORMATTERS:
        place = shutil.which(name)
        title, hint = f"formatter {name}", f"pip install {name}"
        yield _there(title, place) if place else _without(title, "not installed", hint)


def _there(name: str, detail: str) -> Provision:
    return Provision(name, found=True, detail=detail)


def _missing(name: str, detail: str, hint: str) -> Provision:
    return Provision(name, found=False, detail=detail, hint=hint)


def _without(name: str, detail: str, hint: str) -> Provision:
    return Provision(name, found=False, detail=detail, hint=hint, optional=True)


def _git(space: Workspace) -> Provision:
    from autonomous.adapters.git.runner import locate_git

    try:
        return _there("git", str(locate_git(space.environ.get("PATH", ""), root=space.root)))
    except AutonomousError as error:
        return _missing("git", str(error), "apt install git")


def _repository(space: Workspace) -> Iterator[Provision]:
    if space.git_root is None:
        yield _without("repository", f"{space.root} is in none", "git init; `scan` works without")
        return
    try:
        obstacles = space.repository.obstacles()
    except AutonomousError as error:
        yield _missing("repository", str(error), error.hint)
        return
    yield _there("repository", str(space.git_root))
    for obstacle in obstacles:
        yield _missing("repository", obstacle.what, obstacle.hint)
    yield _there("state", str(space.state))
    faults = space.audit.verify()
    if faults:
        yield _missing("audit log", f"{len(faults)} records not believed", "autonomous audit --verify")
    else:
        yield _there("audit log", "every record is where and what it was")


def _sandbox(space: Workspace) -> Iterator[Provision]:
    from autonomous.adapters.sandbox.choice import choose

    chosen, probes = choose(sandboxes(space))
    for probe in probes:
        stopped = sum(escape.stopped for escape in probe.escapes)
        counts = f"{probe.backend}: stopped {stopped} of {len(probe.escapes)} attempts to escape"
        words = counts if probe.escapes else f"{probe.backend}: {probe.reason}"
        yield _there("sandbox", words) if probe.usable else _without("sandbox", words, probe.reason)
    if chosen is None:
        hint = "apt install bubblewrap; without a sandbox no tests are run and changes stay untested"
        yield _missing("sandbox", "none passed its probe", hint)


def _tests(space: Workspace) -> Iterator[Provision]:
    if space.git_root is None or not space.repository.head().commit:
        return
    yield _there("tests", " ".join(suite_of(space).command))
