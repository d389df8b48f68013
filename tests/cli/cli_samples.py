"""Values for the screens' tests: one finding, one change, and what comes of them."""

from datetime import UTC, datetime
from io import StringIO

import msgspec
from rich.console import Console

from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.check import Check, Gate, Scores, Verdict
from autonomous.model.digest import Digest
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
from autonomous.model.testing import Comparison, RunStatus, TestReport
from autonomous.model.workflow import Workflow

AT = datetime(2026, 3, 4, 14, 2, tzinfo=UTC)
BEFORE = b"""\
import subprocess


class Client:
    def archive(self, name):
        subprocess.run(f"tar czf {name}.tgz .", shell=True)
        return name
"""
AFTER = BEFORE.replace(
    b'f"tar czf {name}.tgz .", shell=True', b'["tar", "czf", f"{name}.tgz", "."], check=True'
)
FINDING = Finding(
    rule="AUT101",
    name="subprocess-shell",
    title="Command run through a shell",
    category=Category.SECURITY,
    severity=Severity.HIGH,
    confidence=0.9,
    path="src/client.py",
    span=Span(6, 9, 6, 60),
    message="`name` stands in a command that a shell reads",
    fingerprint=Digest("ab" * 32),
    symbol="Client.archive",
    excerpt=('        subprocess.run(f"tar czf {name}.tgz .", shell=True)',),
    fix=Safety.REVIEW,
    cwe=(78,),
)
CHECKS = (
    Check("finding-gone", Verdict.PASS, "AUT101 is not found any more"),
    Check("types", Verdict.PASS, "no new error"),
    Check("trial", Verdict.PASS, "4 tests run this line: pass"),
    Check("api", Verdict.WARN, "archive can raise", breaking=True),
    Check("format", Verdict.UNKNOWN, "no formatter is configured"),
)


def finding(**changes: object) -> Finding:
    return msgspec.structs.replace(FINDING, **changes)


def proposal(*, before: bytes | None = BEFORE, after: bytes | None = AFTER, **changes: object) -> Proposal:
    first = Proposal(
        finding=FINDING,
        change=ChangeSet("c0ffee" * 6, (FileEdit("src/client.py", before, after),)),
        writer="rule AUT101",
        safety=Safety.REVIEW,
        title="pass a list, no shell",
        why="the shell would run whatever stands in `name`",
        benefits=("a file name is only a file name",),
        risks=("check=True is new: a failing tar now raises CalledProcessError",),
    )
    return msgspec.structs.replace(first, **changes)


def cleared(wanted: Proposal | None = None) -> Cleared:
    validated = Validated(wanted or proposal(), CHECKS[:2])
    return Cleared(validated, CHECKS[2:], Scores(1.0, 0.97, 0.18), Gate.ASK, "the fix asks for review")


def implemented(wanted: Proposal | None = None) -> Implemented:
    item = cleared(wanted)
    yes = Approval(item.proposal.change.digest, "alice", AT)
    return Implemented(Approved(item, yes), commit="7c1e" * 10, parent="c0ffee" * 6)


def landed(wanted: Proposal | None = None) -> Landed:
    report, comparison = TestReport(RunStatus.COMPLETED), Comparison((), (), (), ())
    return Landed(Tested(implemented(wanted), report, comparison), "7c1e" * 10, "refs/heads/auto/improve-src")


def rolled_back() -> RolledBack:
    report, comparison = TestReport(RunStatus.COMPLETED), Comparison(("tests/test_a.py::test_b",), (), (), ())
    return RolledBack(implemented(), report, comparison, "1 test fails with it and passes without it")


def dropped(*, proposed: bool = True) -> Dropped:
    reason = "mypy reports a new error"
    veto = (Check("types", Verdict.VETO, reason),)
    return Dropped(FINDING, StageName.VALIDATOR, reason, proposal() if proposed else None, veto)


def workflow(**changes: object) -> Workflow:
    first = Workflow(
        id="wf-3fa2",
        command="improve",
        targets=("src/",),
        branch="refs/heads/auto/improve-src",
        started=AT,
    )
    return msgspec.structs.replace(first, **changes)


def screen(width: int = 80, *, colour: bool = False) -> tuple[Console, StringIO]:
    """A console of that width, and what it was given."""
    written = StringIO()
    system = "standard" if colour else None
    return Console(
        file=written, width=width, highlight=False, markup=False, color_system=system, force_terminal=colour
    ), written
