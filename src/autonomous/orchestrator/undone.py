"""What an undo did, and the records that it leaves: changes taken off their branch, or put back."""

from collections.abc import Sequence

import msgspec

from autonomous.model.checkpoint import Restored
from autonomous.model.journey import Implemented, Landed, Rejection, RolledBack, Tested
from autonomous.model.workflow import Workflow, WorkflowStatus
from autonomous.orchestrator.run import Run


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """What an undo did, in facts that it can be taken back by."""

    workflow: str = ""  # the run that was undone, or a part of it
    branch: str = ""
    old: str = ""  # the branch's tip before
    new: str = ""  # and after; empty: the branch is gone
    commits: int = 0  # taken off the branch; negative: put back
    places: dict[str, tuple[str, str]] = {}  # by proposal, commit and parent as they were before
    merged_into: str = ""  # a branch of the person that already holds the commits: those stay
    restored: Restored | None = None


def take_off(run: Run, items: Sequence[Landed], *, workflow: Workflow, person: str) -> None:
    """Record the end of each change, and use its approval up: the next run may not land it unasked."""
    reason = f"rolled back by {person}"
    ends = [
        RolledBack(item.tested.implemented, item.tested.report, item.tested.comparison, reason)
        for item in items
    ]
    run.store.save_outcomes(ends, workflow=workflow.id)
    for item in items:
        refusal = Rejection(item.proposal.change.digest, by=person, at=run.clock.now(), reason=reason)
        run.decide(refusal, proposal=item.proposal.id)


def put_back(run: Run, past: Undone) -> None:
    """Record that the changes are on their branch again, where they were, and approved."""
    store = run.store
    workflow = store.workflow(past.workflow)
    again = [
        _landed_at(item, past.places[item.proposal.id], branch=past.branch)
        for item in store.outcomes(workflow.id)
        if isinstance(item, Landed | RolledBack) and item.proposal.id in past.places
    ]
    store.save_outcomes(again, workflow=workflow.id)
    store.save_workflow(msgspec.structs.replace(workflow, status=WorkflowStatus.DONE, tip=past.old))
    for item in again:
        run.decide(item.tested.implemented.approved.approval, proposal=item.proposal.id)


def places_of(landed: Sequence[Landed]) -> dict[str, tuple[str, str]]:
    """Return commit and parent of each change, by its proposal."""
    return {item.proposal.id: (item.commit, item.tested.implemented.parent) for item in landed}


def _landed_at(item: Landed | RolledBack, place: tuple[str, str], *, branch: str) -> Landed:
    made, report, comparison = (
        (item.tested.implemented, item.tested.report, item.tested.comparison)
        if isinstance(item, Landed)
        else (item.implemented, item.report, item.comparison)
    )
    commit, parent = place
    return Landed(Tested(Implemented(made.approved, commit, parent), report, comparison), commit, branch)
