"""The stage with nothing pretended: git commits, pytest in the sandbox, and a stack with a culprit."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from autonomous.adapters.sandbox.bubblewrap import installed
from autonomous.adapters.suites.pytest_suite import PytestSuite
from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.check import Gate, Scores
from autonomous.model.digest import digest_of
from autonomous.model.finding import Finding, Span
from autonomous.model.journey import Approval, Approved, Cleared, Implemented, RolledBack, Tested, Validated
from autonomous.model.kinds import Category, Safety, Severity
from autonomous.model.proposal import Proposal
from autonomous.model.testing import RunStatus
from autonomous.model.workflow import Limits
from autonomous.ports import Ports
from autonomous.ports.suite import TreeState
from autonomous.stages.test_runner import TestRunner

CALC = b"def add(a, b):\n    return a + b\n\n\ndef sub(a, b):\n    return a - b\n\n\ndef mul(a, b):\n    return a * b\n"
TESTS = b"""import calc

def test_add(): assert calc.add(1, 2) == 3
def test_sub(): assert calc.sub(5, 3) == 2
def test_mul(): assert calc.mul(2, 3) == 6
def test_known(): assert calc.add(1, 1) == 3, "fails before any change"
"""
EDITS = (
    (b"def add(a, b):", b"def add(a: int, b: int) -> int:"),
    (b"    return a - b", b"    return b - a"),
    (b"    return a * b", b"    return b * a"),
)


class Checkout:
    """A real repository; also the tree of its first commit, as files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()
        self.git("init", "--quiet")
        self.base = self.commit({"calc.py": CALC, "test_calc.py": TESTS})

    def git(self, *arguments: str) -> bytes:
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
        return subprocess.run(
            ["git", *identity, *arguments], cwd=self.root, check=True, capture_output=True
        ).stdout

    def commit(self, files: Mapping[str, bytes]) -> str:
        for path, data in files.items():
            (self.root / path).write_bytes(data)
        self.git("add", ".")
        self.git("commit", "--quiet", "--message", "a step")
        return self.git("rev-parse", "HEAD").decode().strip()

    def export(self, commit: str, into: Path, overlay: Mapping[str, bytes | None]) -> None:
        subprocess.run(["tar", "x"], cwd=into, check=True, input=self.git("archive", commit))
        for path, data in overlay.items():
            assert data is not None
            (into / path).write_bytes(data)

    def paths(self, targets: Sequence[str] = ()) -> Iterator[str]:
        yield from ("calc.py", "test_calc.py")

    def read(self, path: str) -> bytes:
        return self.git("show", f"{self.base}:{path}")

    def exists(self, path: str) -> bool:
        return path in set(self.paths())

    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)

    def steady(self) -> float:
        return 0.0

    def decision(self, change: object) -> None:
        return None


def approved(base: str, old: bytes, new: bytes) -> Approved:
    change = ChangeSet(base, (FileEdit("calc.py", CALC, CALC.replace(old, new)),))
    finding = Finding(
        rule="AUT001",
        name="x",
        title="x",
        category=Category.STYLE,
        severity=Severity.LOW,
        confidence=1.0,
        path="calc.py",
        span=Span(1, 1, 1, 2),
        message="x",
        fingerprint=digest_of(old),
    )
    proposal = Proposal(finding, change, writer="rule AUT001", safety=Safety.SAFE, title="x", why="x")
    cleared = Cleared(Validated(proposal, ()), (), Scores(1.0, 1.0, 0.0), Gate.AUTO, "safe")
    return Approved(cleared, Approval(change.digest, "alice", datetime(2026, 1, 1, tzinfo=UTC)))


def test_the_culprit_goes_and_the_others_stay(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "project")
    stack: list[Implemented] = []
    tip, now = checkout.base, CALC
    for old, new in EDITS:
        now = now.replace(old, new)
        commit = checkout.commit({"calc.py": now})
        stack.append(Implemented(approved(checkout.base, old, new), commit=commit, parent=tip))
        tip = commit
    suite = PytestSuite(
        root=checkout.root,
        export=checkout.export,
        sandbox=installed(cache=tmp_path, home=Path.home())[0],
        interpreter=Path(sys.executable),
        scratch=tmp_path,
        home=Path.home(),
        limits=Limits(),
    )
    baseline = suite.run(TreeState(checkout.base))
    assert (baseline.status, baseline.bad) == (RunStatus.COMPLETED, {"test_calc.py::test_known"})
    ports = Ports(files=checkout, clock=checkout, decisions=checkout, suite=suite)
    ends = list(TestRunner(baseline=baseline, limits=Limits())(tuple(stack), ports))
    assert [(type(each), each.implemented) for each in ends] == [
        (RolledBack, stack[1]),
        (Tested, stack[0]),
        (Tested, stack[2]),
    ]
    blamed, passed = ends[0], ends[1]
    assert isinstance(blamed, RolledBack)
    assert blamed.reason == "breaks 1 test: test_calc.py::test_sub"
    assert "assert -2 == 2" in next(each.message for each in blamed.report.results)
    assert passed.comparison.old == ("test_calc.py::test_known",)
    assert passed.comparison.green
