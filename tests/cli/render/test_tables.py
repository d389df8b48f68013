"""Lists fit the screen and say what a reader looks for first."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

import cli_samples
import pytest
from rich.table import Table

from autonomous.cli.render import tables
from autonomous.cli.render.json_facts import Provision, RuleFacts, RunFacts
from autonomous.model.audit import AuditEvent, AuditFault, AuditRecord
from autonomous.model.checkpoint import Checkpoint
from autonomous.model.digest import Digest
from autonomous.model.kinds import Safety
from autonomous.model.workflow import ItemState, WorkflowStatus

NOW = cli_samples.AT + timedelta(hours=2)


def text(table: Table, width: int = 80) -> str:
    screen, written = cli_samples.screen(width)
    screen.print(table)
    assert max(map(len, written.getvalue().splitlines())) <= width
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"


def item(outcome: str, **changes: str) -> ItemState:
    return ItemState(
        "ab" * 32,
        "src/client.py",
        24,
        "AUT101",
        "Command run through a shell",
        "proposer",
        outcome,
        **changes,
    )


def test_runs_say_what_came_of_them() -> None:
    ended = cli_samples.AT + timedelta(seconds=31)
    done = cli_samples.workflow(status=WorkflowStatus.DONE, ended=ended)
    items = (item("landed"), item("landed"), item("rolled back"), item("dropped"))
    assert text(tables.runs([RunFacts(done, items)], now=NOW)) == (
        "run      asked for     came of it                          when         took\n"
        "wf-3fa2  improve src/  landed 2, rolled back 1, dropped 1  today 14:02  31 s\n"
    )


def test_a_killed_run_is_named_with_the_way_on() -> None:
    killed = RunFacts(cli_samples.workflow(), (item("landed"), item("found"), item("approved")), killed=True)
    said = text(tables.runs([killed], now=NOW), width=160)
    assert "stopped after 1 of 3 (killed)  -> autonomous improve --resume wf-3fa2" in said


@pytest.mark.parametrize(
    ("status", "items", "words"),
    [
        (WorkflowStatus.DONE, (), "done"),
        (WorkflowStatus.STOPPED, (item("landed"),), "stopped: landed 1"),
        (WorkflowStatus.ROLLED_BACK, (), "rolled back"),
    ],
)
def test_other_ends(status: WorkflowStatus, items: tuple[ItemState, ...], words: str) -> None:
    assert words in text(tables.runs([RunFacts(cli_samples.workflow(status=status), items)], now=NOW))


def listed(rows: Sequence[ItemState], *, width: int = 80) -> str:
    screen, written = cli_samples.screen(width=width)
    for line in tables.items(rows, width=width):
        screen.print(line, soft_wrap=True)
    return written.getvalue()


def test_items_are_grouped_by_where_they_are_and_why() -> None:
    rows = [
        item("dropped", reason="changed since approval"),
        item("waiting", proposal="ab" * 32),
        item("landed", commit="7c1e" * 10),
        item("dropped", reason="changed since approval"),
    ]
    place = "src/client.py:24  AUT101  Command run through a shell"
    assert listed(rows) == (
        f"\nlanded 1\n  7c1e7c1e  {place}\n"
        f"\nwaiting 1\n  abababab  {place}\n"
        f"\ndropped 2: changed since approval\n  {place}\n  {place}\n"
    )
    assert max(map(len, listed(rows, width=44).splitlines())) <= 44


@pytest.mark.parametrize(("target", "words"), [("undo", "done"), ("wf-3fa2", "taken back")])
def test_a_rollback_that_was_undone_is_taken_back(target: str, words: str) -> None:
    row = cli_samples.workflow(status=WorkflowStatus.ROLLED_BACK, command="rollback", targets=(target,))
    assert words in text(tables.runs([RunFacts(row, ())], now=NOW))


def test_audit_records_and_faults() -> None:
    event = AuditEvent(cli_samples.AT, "alice", "approver", "approval_decision", "ab" * 32, why="looks right")
    said = text(tables.audit([AuditRecord(7, event, "", "")]), width=120)
    assert "7  2026-03-04 14:02:00  alice  approval_decision abababab: looks right" in " ".join(
        said.split("\n")[1:]
    )
    said = text(tables.faults([AuditFault(3, "0001.jsonl", 3, "the record was changed")]))
    assert "3  0001.jsonl:3  the record was changed" in said


def test_checkpoints() -> None:
    row = Checkpoint(
        "cp-1", cli_samples.AT, "wf-3fa2", "before improve", Digest("0" * 64), "c0ffee", 87, 1_234_567
    )
    assert "cp-1  today 14:02  87     1.2 MB  wf-3fa2  before improve" in text(
        tables.checkpoints([row], now=NOW)
    )


def test_rules_and_what_doctor_found() -> None:
    rule = RuleFacts(
        id="AUT101", name="subprocess-shell", title="Command run through a shell", category="security",
        severity="high", confidence=0.9, fix=Safety.REVIEW,
    )  # fmt: skip
    report = RuleFacts(
        id="AUT7", name="x", title="y", category="style", severity="low", confidence=1.0, fix=None
    )
    said = text(tables.rules([rule, report]))
    assert "AUT101  security  high      review  subprocess-shell: Command run through a" in said
    assert "AUT7    style     low       -       x: y\n" in said
    provisions = [
        Provision("git", found=True, detail="2.39.5"),
        Provision("sandbox", found=False, detail="bwrap does not start", hint="apt install bubblewrap"),
        Provision("ruff", found=False, detail="", hint="pip install ruff", optional=True),
    ]
    assert text(tables.doctor(provisions)) == (
        "ok       git      2.39.5\n"
        "missing  sandbox  bwrap does not start\n"
        "                  -> apt install bubblewrap\n"
        "without  ruff     -> pip install ruff\n"
    )


def test_hostile_text_is_escaped() -> None:
    said = listed([item("dropped", reason="\x1b[2J\u202e [bold]x")])
    assert "\\x1b[2J\\u202e [bold]x" in said


def test_days_are_those_of_the_readers_zone() -> None:
    assert tables.when(cli_samples.AT, now=NOW) == "today 14:02"
    assert tables.when(cli_samples.AT, now=NOW + timedelta(days=1)) == "yesterday 14:02"
    assert tables.when(cli_samples.AT, now=NOW + timedelta(days=5)) == "2026-03-04 14:02"
    east = timezone(timedelta(hours=12))
    assert tables.when(datetime(2026, 3, 4, 14, tzinfo=UTC), now=NOW.astimezone(east)) == "today 02:00"


def test_sizes() -> None:
    assert [tables.size(n) for n in (0, 999, 1000, 1_234_567, 10**16)] == [
        "0 B",
        "999 B",
        "1.0 KB",
        "1.2 MB",
        "10000.0 TB",
    ]
