"""Landing what was approved by hand: picks it from the store, lands it, and says how it ended."""

from collections.abc import Sequence
from pathlib import Path

from autonomous.cli.improvement import branch_of, home, listeners
from autonomous.cli.options import Format
from autonomous.cli.session import answer, screens, wants_json
from autonomous.equipment import suite_of
from autonomous.model.errors import ExitCode, Refused
from autonomous.model.journey import Approval, Approved, Outcome
from autonomous.model.workflow import Workflow, WorkflowStatus
from autonomous.orchestrator.landing import Landing, baseline_phase, branch_name, land
from autonomous.orchestrator.recovery import finish
from autonomous.orchestrator.waiting import approved_now
from autonomous.ports.store import Store
from autonomous.runs import crew, killed, new_workflow, ports_at, refuse_obstacles, run
from autonomous.workspace import Workspace


def finish_killed(space: Workspace) -> None:
    """Record what an `implement` that was killed had brought to its branch, so that it does not land twice."""
    for row in space.store.workflows(limit=50):
        if row.command == "implement" and killed(row):
            with run(space, row) as cut_off:
                finish(cut_off, repository=space.repository)
                cut_off.end(WorkflowStatus.STOPPED, reason="its process was killed")


def approved_ones(space: Workspace, wanted: Sequence[str]) -> tuple[Approved, ...]:
    """Return the named proposals as approved changes; all that are approved and still fit when none is named.

    Raises Refused for one that nobody approved: without a yes there is nothing to implement.
    """
    head = space.repository.tree(space.repository.head().commit)
    found = tuple(_named(space, prefix) for prefix in wanted) or approved_now(space.store, head=head)
    if not found:
        raise _nothing_fits(len(space.store.approved()))
    base = found[0].proposal.change.base
    if any(item.proposal.change.base != base for item in found):
        raise Refused(
            "these changes were made on different commits",
            hint="implement them one by one, or make them anew: autonomous improve",
        )
    return found


def _nothing_fits(outdated: int) -> Refused:
    what = "no approved change is waiting to be implemented"
    if outdated:
        return Refused(
            what,
            detail=f"Approved before, for files that have changed since: {outdated}.",
            hint="make them anew: autonomous improve",
        )
    return Refused(what, hint="review what waits: autonomous approve")


def _named(space: Workspace, prefix: str) -> Approved:
    proposal = space.store.proposal(prefix)
    short = proposal.id[:12]
    cleared = space.store.cleared(proposal.id)
    if cleared is None:
        raise Refused(
            f"proposal {short} was not cleared by the validators", hint=f"autonomous validate {short}"
        )
    decision = space.store.decision(proposal.change.digest)
    if not isinstance(decision, Approval):
        state = "refused" if decision else "not approved"
        raise Refused(f"proposal {short} is {state}", hint=f"review it: autonomous approve {short}")
    return Approved(cleared, decision)


def show_diffs(approved: Sequence[Approved], *, form: Format) -> int:
    """Print the diffs that would land, and nothing else."""
    if wants_json(form):
        from autonomous.cli.render.json_facts import ProposalFacts
        from autonomous.cli.render.json_types import ProposalsDocument

        answer(ProposalsDocument(proposals=tuple(ProposalFacts.of(item.proposal) for item in approved)))
        return ExitCode.OK
    from autonomous.cli.render.diffs import change
    from autonomous.cli.render.escape import visible

    out, err = screens()
    for item in approved:
        finding = item.proposal.finding
        words = f"\n{visible(finding.path)}:{finding.span.line}  {visible(item.proposal.title)}"
        out.print(words, style="bold", soft_wrap=True)
        for line in change(item.proposal.change.edits, width=out.width):
            out.print(line, soft_wrap=True)
    err.print("\nnothing was committed; next: the same without --dry-run")
    return ExitCode.OK


def implement(
    space: Workspace, approved: Sequence[Approved], *, events: Path | None, form: Format
) -> tuple[Outcome, ...]:
    """Land the changes on a branch of their own and return how each ended."""
    refuse_obstacles(space)
    base = approved[0].proposal.change.base
    paths = dict.fromkeys(path for item in approved for path in item.proposal.change.paths)
    workflow = new_workflow(space, "implement", tuple(paths), options={}, base=base)
    with run(space, workflow, listeners=listeners(form), events=events) as begun:
        _remember(begun.store, approved, workflow)
        team = crew(space, suite=suite_of(space))
        ports = team.ports_at(base)
        landing = Landing(
            crew=team,
            ports=ports,
            base=base,
            branch=branch_name(branch_of(space, workflow), tuple(space.repository.refs("refs/heads/"))),
            current=ports_at(space, space.repository.head().commit).files,
            baseline=baseline_phase(begun, ports=ports, base=base),
        )
        outcomes = land(begun, approved, landing=landing)
        begun.end(WorkflowStatus.DONE)
        _show(space, begun.workflow, outcomes, form=form)
        if begun.limit is not None:
            raise begun.limit
    return outcomes


def _remember(store: Store, approved: Sequence[Approved], workflow: Workflow) -> None:
    store.save_findings([item.proposal.finding for item in approved], workflow=workflow.id)
    store.save_proposals([item.proposal for item in approved], workflow=workflow.id)
    for item in approved:
        store.save_cleared(item.cleared, workflow=workflow.id)


def _show(space: Workspace, workflow: Workflow, outcomes: Sequence[Outcome], *, form: Format) -> None:
    if wants_json(form):
        from autonomous.cli.render.json_facts import OutcomeFacts
        from autonomous.cli.render.json_types import RunDocument

        answer(RunDocument(workflow=workflow, outcomes=tuple(OutcomeFacts.of(item) for item in outcomes)))
        return
    from autonomous.cli.render.results import closing

    _, err = screens()
    for line in closing(workflow, outcomes, waiting=0, home=home(space), width=err.width):
        err.print(line, soft_wrap=True)
