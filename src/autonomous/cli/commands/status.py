"""`status`: show runs, and where each change is."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autonomous.cli.options import Format, FormatOption
from autonomous.cli.session import answer, opened, screens, wants_json
from autonomous.model.errors import ExitCode, UsageError
from autonomous.model.workflow import WorkflowStatus

if TYPE_CHECKING:
    from autonomous.cli.render.json_facts import RunFacts
    from autonomous.workspace import Workspace

EXAMPLES = """
  autonomous status
  autonomous status wf-3fa2            each item of one run
  autonomous status --replay run.jsonl         a run again, from its --events file
"""
_QUIET = {"scan", "validate", "propose", "approve"}


def command(
    workflow: Annotated[str, typer.Argument(metavar="WORKFLOW", help="A run, by the start of its id.")] = "",
    every: Annotated[
        bool, typer.Option("--all", help="Also the runs of scan, propose, validate, approve.")
    ] = False,
    replay: Annotated[
        Path | None,
        typer.Option("--replay", metavar="FILE", help="Show a run again, from its --events file."),
    ] = None,
    form: FormatOption = Format.TEXT,
) -> int:
    """Show the newest runs and what came of them, or each item of one run and where it is."""
    if replay is not None:
        return _replay(replay)
    from autonomous.cli.render.json_facts import RunFacts
    from autonomous.runs import killed

    with opened() as space:
        chosen = [space.store.workflow(workflow)] if workflow else [
            row for row in space.store.workflows(limit=200) if every or row.command not in _QUIET
        ][:20]  # fmt: skip
        runs = [RunFacts(row, space.store.items(row.id), killed(row)) for row in chosen]
        _show(space, runs, detailed=bool(workflow), form=form)
    return ExitCode.OK


def _replay(path: Path) -> int:
    """Hand a run's messages to the same listener that showed them while it went on."""
    import msgspec

    from autonomous.cli.render.progress import PhaseLines
    from autonomous.model.event import Message

    show = PhaseLines(screens()[1])
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            message = msgspec.json.decode(line, type=Message)
        except msgspec.MsgspecError as error:
            hint = "write one with: autonomous improve --events FILE"
            raise UsageError(f"line {number} of {path} is no event: {error}", hint=hint) from error
        show(message)
    return ExitCode.OK


def _show(space: "Workspace", runs: "Sequence[RunFacts]", *, detailed: bool, form: Format) -> None:
    if wants_json(form):
        from autonomous.cli.render.json_types import StatusDocument

        answer(StatusDocument(runs=tuple(runs)))
        return
    from autonomous.cli.render import tables
    from autonomous.cli.render.console import counted

    out, err = screens()
    if not runs:
        err.print("no run yet\n\nnext: autonomous improve .        (shows each change, asks, tests, commits)")
        return
    out.print(tables.runs(runs, now=space.clock.now().astimezone()))
    if detailed:
        for line in tables.items(runs[0].items, width=out.width):
            out.print(line, soft_wrap=True)
    stopped = next((run for run in runs if run.killed), None) or _left_early(runs)
    asking = next((run for run in runs if _waiting(run)), None)
    if stopped is not None:
        err.print(f"\nnext: {tables.resuming(stopped.workflow)}", soft_wrap=True)
    elif asking is not None:
        words = f"{counted(_waiting(asking), 'change')} waiting for your answer"
        err.print(f"\nnext: autonomous approve {asking.workflow.id}   ({words})", soft_wrap=True)


def _waiting(run: "RunFacts") -> int:
    return sum(item.outcome == "waiting" for item in run.items)


def _left_early(runs: "Sequence[RunFacts]") -> "RunFacts | None":
    """Return the newest run of `improve` when it did not come to its end: interrupted, or at a limit."""
    newest = next((run for run in runs if run.workflow.command == "improve"), None)
    return newest if newest and newest.workflow.status is WorkflowStatus.STOPPED else None
