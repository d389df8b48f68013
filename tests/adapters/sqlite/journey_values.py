"""Values of the journey for the store's tests, and a clock that stands still."""

from datetime import UTC, datetime

from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.check import Check, Gate, Scores, Verdict
from autonomous.model.digest import digest_of
from autonomous.model.finding import Finding, Span
from autonomous.model.journey import (
    Approval,
    Approved,
    Cleared,
    Dropped,
    Implemented,
    Landed,
    RolledBack,
    Tested,
    Validated,
)
from autonomous.model.kinds import Category, Safety, Severity, StageName
from autonomous.model.proposal import Proposal
from autonomous.model.testing import Comparison, RunStatus, TestOutcome, TestReport, TestResult
from autonomous.model.workflow import Workflow

NOW = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)


class StillClock:
    def now(self) -> datetime:
        return NOW

    def steady(self) -> float:
        return 0.0


def run(name: str = "wf-1") -> Workflow:
    return Workflow(id=name, command="improve", targets=("src",), started=NOW)


def finding(n: int = 1, *, path: str = "src/a.py", fingerprint: str = "") -> Finding:
    return Finding(
        rule="AUT101",
        name="subprocess-shell",
        title="Command run through a shell",
        category=Category.SECURITY,
        severity=Severity.HIGH,
        confidence=0.9,
        path=path,
        span=Span(n, 1, n, 9),
        message="`x` runs",
        fingerprint=fingerprint or digest_of(str(n).encode()),
        excerpt=("subprocess.run(x, shell=True)",),
        fix=Safety.REVIEW,
        cwe=(78,),
    )


def proposal(n: int = 1, *, alternative: int = 0, of: Finding | None = None) -> Proposal:
    item = of or finding(n)
    edit = FileEdit(item.path, b"before\xff\x00", f"after {n} {alternative}".encode())
    change = ChangeSet("c" * 40, (edit, FileEdit("new.py", None, b"x"), FileEdit("old.py", b"", None)))
    return Proposal(
        item, change, "rule AUT101", Safety.REVIEW, f"change {n}", "because", alternative=alternative
    )


def cleared(item: Proposal, gate: Gate = Gate.ASK) -> Cleared:
    validated = Validated(item, (Check("parses", Verdict.PASS, "it parses"),))
    checks = (Check("bandit", Verdict.WARN, "B602 stays"),)
    return Cleared(validated, checks, Scores(0.9, 0.8, 0.1), gate, "a person decides")


def approval(item: Proposal, reason: str = "") -> Approval:
    return Approval(item.change.digest, "alice", NOW, reason)


REPORT = TestReport(
    RunStatus.COMPLETED,
    results=(TestResult("t.py::test_a", TestOutcome.PASSED, 0.1),),
    command=("pytest",),
)
COMPARISON = Comparison(new=(), old=(), fixed=(), vanished=())


def implemented(item: Proposal) -> Implemented:
    return Implemented(Approved(cleared(item), approval(item)), "d" * 40, "c" * 40)


def landed(item: Proposal) -> Landed:
    return Landed(Tested(implemented(item), REPORT, COMPARISON), "e" * 40, "refs/heads/auto/x")


def rolled_back(item: Proposal) -> RolledBack:
    return RolledBack(implemented(item), REPORT, COMPARISON, "broke t.py::test_a")


def dropped(item: Finding, *, by: Proposal | None = None, stage: StageName = StageName.VALIDATOR) -> Dropped:
    return Dropped(item, stage, "does not parse", by, (Check("parses", Verdict.VETO, "line 3"),))
