"""Undo a run, one change of a run, or return to a checkpoint; and take such an undo back."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from autonomous.model.checkpoint import Restored
from autonomous.model.errors import Refused
from autonomous.model.event import EventKind
from autonomous.model.journey import Implemented, Landed, Rejection, RolledBack, Tested
from autonomous.model.workflow import Workflow, WorkflowStatus
from autonomous.orchestrator.restacking import without
from autonomous.orchestrator.run import Crew, Run
from autonomous.ports.git import RefUpdate
from autonomous.ports.store import Store

KEPT = "refs/autonomous/undone"


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


@dataclass(frozen=True, slots=True)
class Undo:
    """Undoes; every method is one transaction on refs, or one restore, in a run of its own."""

    run: Run
    crew: Crew

    def workflow(self, workflow: Workflow) -> Undone:
        """Delete the run's branch; raises Refused when it is no longer what the run made."""
        self._must_be_ours(workflow)
        landed = landed_of(self.run.store, workflow)
        undone = Undone(
            workflow=workflow.id,
            branch=workflow.branch,
            old=workflow.tip,
            commits=len(landed),
            places=_places(landed),
            merged_into=self._merged(workflow.tip),
        )
        self._move(undone)
        self._take_off(landed, workflow)
        self.run.store.save_workflow(msgspec.structs.replace(workflow, status=WorkflowStatus.ROLLED_BACK))
        return undone

    def commit(self, workflow: Workflow, commit: str) -> Undone:
        """Take one change off the run's branch: the others are stacked anew, without it."""
        self._must_be_ours(workflow)
        landed = landed_of(self.run.store, workflow)
        if len(landed) == 1:
            return self.workflow(workflow)
        again = without(commit, landed, workflow=workflow, crew=self.crew)
        undone = Undone(
            workflow=workflow.id,
            branch=workflow.branch,
            old=workflow.tip,
            new=again[-1].commit,
            commits=1,
            places=_places(landed),
            merged_into=self._merged(commit),
        )
        self._move(undone)
        self._take_off([item for item in landed if item.commit == commit], workflow)
        self.run.store.save_workflow(msgspec.structs.replace(workflow, tip=undone.new))
        self.run.store.save_outcomes(again, workflow=workflow.id)
        return undone

    def checkpoint(self, checkpoint: str) -> Undone:
        """Bring work tree, index, HEAD and refs back to a checkpoint, after making one of how they are."""
        restored = self.crew.checkpoints.restore(checkpoint)
        undone = Undone(restored=restored)
        self._tell(undone, subject=checkpoint)
        return undone

    def take_back(self, workflow: Workflow) -> Undone:
        """Undo the undo that `workflow` recorded; raises Refused when the branch moved on since."""
        past = msgspec.json.decode(workflow.options["undone"], type=Undone)
        if past.restored is not None:
            undone = Undone(restored=self.crew.checkpoints.restore(past.restored.before))
            self._tell(undone, subject=past.restored.before)
        else:
            undone = Undone(
                workflow=past.workflow, branch=past.branch, old=past.new, new=past.old, commits=-past.commits
            )
            self._move(undone)
            self._put_back(past)
        self.run.store.save_workflow(msgspec.structs.replace(workflow, status=WorkflowStatus.ROLLED_BACK))
        return undone

    def _take_off(self, items: Sequence[Landed], workflow: Workflow) -> None:
        """Record the end of each change, and use its approval up: the next run may not land it unasked."""
        reason = f"rolled back by {self.crew.person}"
        ends = [
            RolledBack(item.tested.implemented, item.tested.report, item.tested.comparison, reason)
            for item in items
        ]
        self.run.store.save_outcomes(ends, workflow=workflow.id)
        for item in items:
            refusal = Rejection(
                item.proposal.change.digest, by=self.crew.person, at=self.run.clock.now(), reason=reason
            )
            self.run.decide(refusal, proposal=item.proposal.id)

    def _put_back(self, past: Undone) -> None:
        """Record that the changes are on their branch again, where they were, and approved."""
        store = self.run.store
        workflow = store.workflow(past.workflow)
        again = [
            _landed_at(item, past.places[item.proposal.id], branch=past.branch)
            for item in store.outcomes(workflow.id)
            if isinstance(item, Landed | RolledBack) and item.proposal.id in past.places
        ]
        store.save_outcomes(again, workflow=workflow.id)
        store.save_workflow(msgspec.structs.replace(workflow, status=WorkflowStatus.DONE, tip=past.old))
        for item in again:
            self.run.decide(item.tested.implemented.approved.approval, proposal=item.proposal.id)

    def _must_be_ours(self, workflow: Workflow) -> None:
        if workflow.status is WorkflowStatus.ROLLED_BACK:
            raise Refused(
                f"{workflow.id} is rolled back already", hint="take it back: autonomous rollback --undo"
            )
        tip = self.crew.repository.refs(workflow.branch).get(workflow.branch, "")
        if tip == workflow.tip:
            return
        short = workflow.branch.removeprefix("refs/heads/")
        raise Refused(
            f"{short} is no longer where {workflow.id} left it",
            detail=f"It points to {tip[:12] or 'nothing'}; the run left it at {workflow.tip[:12]}.",
            hint=f"look at it with `git log {short}`; what was added there is not ours to remove",
        )

    def _merged(self, commit: str) -> str:
        head = self.crew.repository.head()
        if head.commit and self.crew.repository.contains(commit, tip=head.commit):
            return head.branch.removeprefix("refs/heads/") or "HEAD"
        return ""

    def _move(self, undone: Undone) -> None:
        """Move the branch, and keep its old tip under a ref of ours so that nothing is garbage yet."""
        updates = [RefUpdate(undone.branch, undone.old, undone.new)]
        kept = f"{KEPT}/{self.run.workflow.id}"
        if undone.old:
            updates.append(RefUpdate(kept, "", undone.old))
        self.run.change(options={**self.run.workflow.options, "undone": msgspec.json.encode(undone).decode()})
        self.crew.repository.update_refs(updates)
        self._tell(undone, subject=undone.branch)

    def _tell(self, undone: Undone, *, subject: str) -> None:
        if undone.restored is not None:
            options = {**self.run.workflow.options, "undone": msgspec.json.encode(undone).decode()}
            self.run.change(options=options)
        self.run.tell(
            EventKind.ROLLBACK_REQUEST,
            subject=subject,
            payload={"old": undone.old, "new": undone.new, "commits": undone.commits},
        )


def landed_of(store: Store, workflow: Workflow) -> tuple[Landed, ...]:
    """Return what is on the run's branch, in the order of its commits."""
    landed = [item for item in store.outcomes(workflow.id) if isinstance(item, Landed)]
    by_parent = {item.tested.implemented.parent: item for item in landed}
    chain: list[Landed] = []
    at = workflow.base
    while (item := by_parent.get(at)) is not None:
        chain.append(item)
        at = item.commit
    return tuple(chain)


def _places(landed: Sequence[Landed]) -> dict[str, tuple[str, str]]:
    return {item.proposal.id: (item.commit, item.tested.implemented.parent) for item in landed}


def _landed_at(item: Landed | RolledBack, place: tuple[str, str], *, branch: str) -> Landed:
    made, report, comparison = (
        (item.tested.implemented, item.tested.report, item.tested.comparison)
        if isinstance(item, Landed)
        else (item.implemented, item.report, item.comparison)
    )
    commit, parent = place
    return Landed(Tested(Implemented(made.approved, commit, parent), report, comparison), commit, branch)


def last_run(store: Store, *, undo: bool) -> Workflow:
    """Return the newest run that can be undone, or the newest undo; raises Refused when there is none."""
    for workflow in store.workflows(limit=200):
        if workflow.status is WorkflowStatus.ROLLED_BACK:
            continue
        is_undo = workflow.command == "rollback" and "undone" in workflow.options
        if is_undo if undo else (workflow.command != "rollback" and workflow.branch):
            return workflow
    what = "undo to take back" if undo else "run to undo"
    raise Refused(f"there is no {what}", hint="see what happened so far: autonomous status")


def run_of_commit(store: Store, commit: str) -> tuple[Workflow, str]:
    """Return the run that made a commit, and the full id; raises Refused when no run did."""
    for workflow in store.workflows(limit=200):
        if workflow.status is WorkflowStatus.ROLLED_BACK:
            continue
        for item in landed_of(store, workflow):
            if item.commit.startswith(commit):
                return workflow, item.commit
    raise Refused(
        f"no run made the commit {commit}", hint="list the changes of a run: autonomous status WORKFLOW"
    )
