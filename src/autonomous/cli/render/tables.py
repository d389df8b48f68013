"""Lists of values in columns: runs, items, audit records, checkpoints, rules, and what `doctor` found."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from rich.table import Table
from rich.text import Text

from autonomous.cli.render.console import ACCENTS, seconds
from autonomous.cli.render.escape import visible
from autonomous.cli.render.json_facts import Provision, RuleFacts, RunFacts
from autonomous.cli.render.layout import flow
from autonomous.model.audit import AuditFault, AuditRecord
from autonomous.model.checkpoint import Checkpoint
from autonomous.model.kinds import Severity
from autonomous.model.workflow import ItemState, Workflow, WorkflowStatus

_SHORT = 8  # characters of an id that tell it from others, nearly always
_OUTCOMES = ("landed", "rolled back", "rejected", "dropped", "waiting", "approved", "proposed", "found")
_NO_CHANGE = {"rejected", "dropped", "found"}
_UNITS = ("B", "KB", "MB", "GB", "TB")
_STEP = 1000
_TARGETS = 2  # named in a line of the list; `status RUN` shows every item


def runs(rows: Sequence[RunFacts], *, now: datetime) -> Table:
    """Return the runs, newest first as they come, with what became of their items."""
    table = _table("run", "asked for", "came of it", "when", "took", folded=("asked for", "came of it"))
    for row in rows:
        run = row.workflow
        more = len(run.targets) - _TARGETS
        words = [run.command, *run.targets[:_TARGETS], *([f"and {more} more"] if more > 0 else [])]
        asked = " ".join(words)
        took = seconds((run.ended - run.started).total_seconds()) if run.ended else ""
        table.add_row(*_cells(run.id, asked, _came_of(row), when(run.started, now=now), took))
    return table


def _came_of(row: RunFacts) -> str:
    counts = Counter(item.outcome for item in row.items)
    words = ", ".join(f"{name} {counts[name]}" for name in _OUTCOMES if counts[name])
    if row.killed:
        settled = len(row.items) - counts["found"] - counts["proposed"] - counts["approved"]
        return f"stopped after {settled} of {len(row.items)} (killed)  {resume(row.workflow)}"
    if row.workflow.command == "rollback" and row.workflow.status is WorkflowStatus.ROLLED_BACK:
        return "done" if row.workflow.targets == ("undo",) else "taken back"
    if row.workflow.status in {WorkflowStatus.DONE, WorkflowStatus.WAITING}:
        return words or str(row.workflow.status)
    return f"{row.workflow.status}: {words}" if words else str(row.workflow.status)


def resume(workflow: Workflow) -> str:
    """Return the command that goes on with a killed run."""
    return f"-> {resuming(workflow)}"


def resuming(workflow: Workflow) -> str:
    """Return the command itself: what was approved by hand is simply implemented again."""
    if workflow.command == "implement":
        return "autonomous implement"
    return f"autonomous improve --resume {workflow.id}"


def items(rows: Sequence[ItemState], *, width: int) -> Iterator[Text]:
    """Yield the items of a run, grouped by where they are and why; those that became no change come last."""
    groups: dict[tuple[str, str], list[ItemState]] = {}
    for row in sorted(
        rows, key=lambda row: (row.outcome in _NO_CHANGE, _OUTCOMES.index(row.outcome), row.path, row.line)
    ):
        groups.setdefault((row.outcome, row.reason), []).append(row)
    for (outcome, reason), group in groups.items():
        words = f"{outcome} {len(group)}{f': {visible(reason)}' if reason else ''}"
        yield Text("\n").append_text(flow(words, indent="", hang="   ", width=width, style="bold"))
        for row in group:
            known = row.commit or row.proposal
            lead = f"  {known[:_SHORT]:<{_SHORT}}  " if known else "  "
            place = f"{visible(row.path)}:{row.line}"
            words = f"{place}  {visible(row.rule)}  {visible(row.title)}"
            yield flow(words, indent=lead, hang=" " * len(lead), width=width, between="  ")


def audit(records: Sequence[AuditRecord]) -> Table:
    """Return audit records in their order."""
    table = _table("n", "at (UTC)", "who", "what", folded=("who", "what"))
    for record in records:
        event = record.event
        at = event.at.strftime("%Y-%m-%d %H:%M:%S")
        subject = event.subject if len(event.subject) < 2 * _SHORT else event.subject[:_SHORT]
        what = " ".join(filter(None, [event.kind, subject]))
        table.add_row(*_cells(str(record.n), at, event.actor, f"{what}: {event.why}" if event.why else what))
    return table


def faults(found: Sequence[AuditFault]) -> Table:
    """Return the records that verification does not believe."""
    table = _table("n", "where", "why it is not believed", folded=("where", "why it is not believed"))
    for fault in found:
        table.add_row(*_cells(str(fault.n), f"{fault.segment}:{fault.line}", fault.reason))
    return table


def checkpoints(rows: Sequence[Checkpoint], *, now: datetime) -> Table:
    """Return checkpoints as they come."""
    table = _table("id", "made", "files", "size", "run", "before", folded=("before",))
    for row in rows:
        cells = _cells(
            row.id, when(row.at, now=now), f"{row.files}", size(row.bytes), row.workflow, row.reason
        )
        table.add_row(*cells)
    return table


def rules(rows: Sequence[RuleFacts]) -> Table:
    """Return the rules with what they can do."""
    table = _table(
        "id", "category", "severity", "fix", "name and what it finds", folded=("name and what it finds",)
    )
    for row in rows:
        cells = _cells(row.id, row.category, row.severity, row.fix or "-", f"{row.name}: {row.title}")
        cells[2].stylize(ACCENTS[Severity(row.severity)])
        table.add_row(*cells)
    return table


def doctor(rows: Sequence[Provision]) -> Table:
    """Return what was looked for; what is missing says how to get it."""
    table = _table("state", "part", "found", folded=("found",), header=False)
    for row in rows:
        state = "ok" if row.found else "without" if row.optional else "missing"
        words = row.detail if row.found or not row.hint else f"{row.detail}\n-> {row.hint}"
        cells = _cells(state, row.name, "")
        cells[0].stylize("green" if row.found else "yellow" if row.optional else "red")
        table.add_row(*cells[:2], Text(visible(words, keep="\n").lstrip("\n")))
    return table


def when(at: datetime, *, now: datetime) -> str:
    """Return "today 14:02", "yesterday 09:30" or a date, in the time zone of `now`."""
    here = at.astimezone(now.tzinfo)
    if here.date() == now.date():
        return f"today {here:%H:%M}"
    if here.date() == now.date() - timedelta(days=1):
        return f"yesterday {here:%H:%M}"
    return f"{here:%Y-%m-%d %H:%M}"


def size(count: int) -> str:
    """Return a number of bytes with its unit, in powers of 1000."""
    value = float(count)
    for unit in _UNITS:
        if value < _STEP or unit == _UNITS[-1]:
            break
        value /= _STEP
    return f"{count} B" if count < _STEP else f"{value:.1f} {unit}"


def _cells(*words: str) -> list[Text]:
    return [Text(visible(word)) for word in words]


def _table(*names: str, folded: tuple[str, ...], header: bool = True) -> Table:
    """Return an empty table without lines; only the `folded` columns give way when the screen is narrow."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=header, header_style="dim")
    for name in names:
        table.add_column(name, no_wrap=name not in folded, overflow="fold")
    return table
