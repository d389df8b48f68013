"""Running `improve` for a person or a program: opens the run, shows it, asks, and says how it ended."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from autonomous.cli.options import Format
from autonomous.cli.session import answer, interactive, reviewer, screens, wants_json
from autonomous.equipment import suite_of
from autonomous.model.errors import ExitCode, Refused
from autonomous.model.finding import Target
from autonomous.model.journey import Landed, Outcome
from autonomous.model.kinds import Category
from autonomous.model.workflow import Workflow, WorkflowStatus
from autonomous.orchestrator.events import Listener
from autonomous.orchestrator.improving import Improvement, Request, Result
from autonomous.orchestrator.run import Run
from autonomous.ports.reviewer import Reviewer
from autonomous.runs import crew, killed, new_workflow, push, run, writable_base
from autonomous.targets import below
from autonomous.workspace import Workspace


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line says, in a form that is kept with the run so that it can be resumed."""

    targets: tuple[str, ...]
    options: Mapping[str, str]
    dry_run: bool = False
    push: bool = False
    resume: str = ""
    events: Path | None = None
    branch: str = ""


def improve(space: Workspace, asked: Asked, *, form: Format) -> int:
    """Carry the request to its end and return the exit code."""
    workflow, dirty = _workflow(space, asked)
    _warn_of_dirty(dirty)
    with run(space, workflow, listeners=listeners(form), events=asked.events) as opened:
        result = _carry(space, opened, asked, without=dirty, asking=_who_answers(form))
        if asked.push and result.landed():
            _push(space, opened, result)
        _close(space, opened.workflow, result, dry_run=asked.dry_run, left_out=dirty, form=form)
        if opened.limit is not None:
            raise opened.limit
    return exit_code(result)


def exit_code(result: Result) -> int:
    """Return 4 when tests blamed a change, 1 when something waits, 3 when a file could not be read, else 0."""
    if result.rolled_back():
        return ExitCode.TESTS_FAILED
    if result.waiting:
        return ExitCode.FINDINGS
    if result.summary is not None and result.summary.unreadable:
        return ExitCode.INCOMPLETE
    return ExitCode.OK


def _workflow(space: Workspace, asked: Asked) -> tuple[Workflow, tuple[str, ...]]:
    if asked.resume:
        return _resumed(space, asked.resume)
    targets = below(space.root, asked.targets)
    base, dirty = writable_base(space, targets)
    return new_workflow(space, "improve", targets, options=asked.options, base=base), dirty


def _resumed(space: Workspace, wanted: str) -> tuple[Workflow, tuple[str, ...]]:
    workflow = space.store.workflow(wanted)
    if workflow.command != "improve":
        raise Refused(
            f"{workflow.id} is no run of improve", hint="see the runs that can be resumed: autonomous status"
        )
    if workflow.status is WorkflowStatus.RUNNING and not killed(workflow):
        raise Refused(
            f"{workflow.id} is still running", detail=f"process {workflow.pid}", hint="wait for its end"
        )
    _, dirty = writable_base(space, workflow.targets)
    return msgspec.structs.replace(
        workflow, status=WorkflowStatus.RUNNING, pid=os.getpid(), ended=None
    ), dirty


def _carry(
    space: Workspace, opened: Run, asked: Asked, *, without: Sequence[str], asking: Reviewer | None
) -> Result:
    options = opened.workflow.options
    book = space.rules.active(
        categories=[Category(name) for name in _several(options.get("category", ""))],
        rules=_several(options.get("rule", "")),
    )
    request = Request(
        target=Target(opened.workflow.targets),
        without=frozenset(without),
        auto_approve_safe=options.get("auto_approve_safe") == "True",
        dry_run=asked.dry_run,
        max_changes=int(options.get("max_changes", "200")),
        branch=asked.branch or branch_of(space, opened.workflow),
    )
    team = crew(space, rulebook=book, suite=None if asked.dry_run else suite_of(space))
    return Improvement(opened, crew=team, request=request, reviewer=asking).go()


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)


def branch_of(space: Workspace, workflow: Workflow) -> str:
    """Return the branch's name for a run: "auto/improve-src"."""
    words = [workflow.command, *(Path(target).stem for target in workflow.targets[:2] if target)]
    slug = "-".join(
        "".join(c if c.isascii() and c.isalnum() else "-" for c in word).strip("-") for word in words
    )
    return f"{space.settings.branch_prefix}{slug[:60].rstrip('-').lower()}"


def listeners(form: Format) -> tuple[Listener, ...]:
    """Return who listens to a run: the lines of its phases, unless a program reads the answer."""
    if wants_json(form):
        return ()
    from autonomous.cli.render.progress import PhaseLines

    return (PhaseLines(screens()[1]),)


def _who_answers(form: Format) -> Reviewer | None:
    if wants_json(form) or not interactive():
        return None
    return reviewer()


def _warn_of_dirty(dirty: Sequence[str]) -> None:
    from autonomous.cli.render.escape import visible

    _, err = screens()
    for path in dirty:
        err.print(f"left out: {visible(path)} has uncommitted changes (commit or stash them to include it)")


def _push(space: Workspace, opened: Run, result: Result) -> None:
    with opened.phase("push") as phase:
        remote = push(space, result.branch)
        phase.summary = f"{result.branch.removeprefix('refs/heads/')} is on {remote}"


def _close(
    space: Workspace,
    workflow: Workflow,
    result: Result,
    *,
    dry_run: bool,
    left_out: Sequence[str],
    form: Format,
) -> None:
    unreadable = result.summary.unreadable if result.summary is not None else ()
    if wants_json(form):
        _document(workflow, result, dry_run=dry_run, left_out=left_out)
        return
    from autonomous.cli.render.results import closing

    _, err = screens()
    if dry_run:
        _show_waiting(result)
    lines = closing(
        workflow,
        _worth_telling(result.outcomes),
        waiting=len(result.waiting),
        home=home(space),
        width=err.width,
        unreadable=unreadable,
    )
    for line in lines:
        err.print(line, soft_wrap=True)


def _document(workflow: Workflow, result: Result, *, dry_run: bool, left_out: Sequence[str]) -> None:
    from autonomous.cli.render.json_facts import Judgement, OutcomeFacts
    from autonomous.cli.render.json_types import RunDocument
    from autonomous.cli.tests_shown import facts

    answer(
        RunDocument(
            workflow=workflow,
            outcomes=tuple(OutcomeFacts.of(item) for item in result.outcomes),
            waiting=tuple(Judgement.of(item) for item in result.waiting),
            tests=facts(result.baseline),
            dry_run=dry_run,
            unreadable=result.summary.unreadable if result.summary is not None else (),
            left_out=tuple(left_out),
        )
    )


def _show_waiting(result: Result) -> None:
    from autonomous.cli.render.diffs import change
    from autonomous.cli.render.escape import visible
    from autonomous.cli.render.evidence import cleared

    out, _ = screens()
    for item in result.waiting:
        finding = item.proposal.finding
        out.print(
            f"\n{item.proposal.id[:12]}  {visible(finding.path)}:{finding.span.line}  {visible(item.proposal.title)}",
            style="bold",
            soft_wrap=True,
        )
        for line in (*change(item.proposal.change.edits, width=out.width), *cleared(item, width=out.width)):
            out.print(line, soft_wrap=True)
    out.print()


def _worth_telling(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Leave out the findings that nobody proposed a change for: the phase line counts them."""
    return tuple(item for item in outcomes if isinstance(item, Landed) or item.proposal is not None)


def home(space: Workspace) -> str:
    """Return the person's own branch by its short name, or the commit where HEAD is detached."""
    head = space.repository.head()
    return head.branch.removeprefix("refs/heads/") or head.commit[:12]
