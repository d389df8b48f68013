"""Undo a run, one change of a run, or return to a checkpoint; and take such an undo back."""

from dataclasses import dataclass

import msgspec

from autonomous.model.errors import Refused
from autonomous.model.event import EventKind
from autonomous.model.workflow import Workflow, WorkflowStatus
from autonomous.orchestrator.history import branch_moved, landed_of
from autonomous.orchestrator.recovery import finish
from autonomous.orchestrator.restacking import without
from autonomous.orchestrator.run import Crew, Run
from autonomous.orchestrator.undone import Undone, places_of, put_back, take_off
from autonomous.ports.git import RefUpdate

KEPT = "refs/autonomous/undone"


@dataclass(frozen=True, slots=True)
class Undo:
    """Undoes; every method is one transaction on refs, or one restore, in a run of its own."""

    run: Run
    crew: Crew

    def workflow(self, workflow: Workflow) -> Undone:
        """Delete the run's branch; raises Refused when it is no longer what the run made."""
        workflow = self._ours(workflow)
        landed = landed_of(self.run.store, workflow)
        undone = Undone(
            workflow=workflow.id,
            branch=workflow.branch,
            old=workflow.tip,
            commits=len(landed),
            places=places_of(landed),
            merged_into=self._merged(workflow.tip),
        )
        self._move(undone)
        take_off(self.run, landed, workflow=workflow, person=self.crew.person)
        self.run.store.save_workflow(msgspec.structs.replace(workflow, status=WorkflowStatus.ROLLED_BACK))
        return undone

    def commit(self, workflow: Workflow, commit: str) -> Undone:
        """Take one change off the run's branch: the others are stacked anew, without it."""
        workflow = self._ours(workflow)
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
            places=places_of(landed),
            merged_into=self._merged(commit),
        )
        self._move(undone)
        gone = [item for item in landed if item.commit == commit]
        take_off(self.run, gone, workflow=workflow, person=self.crew.person)
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
            put_back(self.run, past)
        self.run.store.save_workflow(msgspec.structs.replace(workflow, status=WorkflowStatus.ROLLED_BACK))
        return undone

    def _ours(self, workflow: Workflow) -> Workflow:
        """Return the run once it may be undone; a landing that a kill cut off is brought to its end before."""
        if workflow.status is WorkflowStatus.ROLLED_BACK:
            raise Refused(
                f"{workflow.id} is rolled back already", hint="take it back: autonomous rollback --undo"
            )
        if not workflow.branch:
            raise Refused(
                f"{workflow.id} put nothing on a branch, so there is nothing to undo",
                hint="see what each run did: autonomous status",
            )
        other = self.run.beside(workflow)
        finish(other, repository=self.crew.repository)
        tip = self.crew.repository.refs(other.workflow.branch).get(other.workflow.branch, "")
        if tip != other.workflow.tip:
            raise branch_moved(other.workflow.branch, at=tip, left=other.workflow.tip, workflow=workflow)
        return other.workflow

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
        options = self.run.workflow.options
        self.run.change(options={**options, "undone": msgspec.json.encode(undone).decode()})
        try:
            self.crew.repository.update_refs(updates)
        except Refused:
            self.run.change(options=options)  # nothing moved: there is no undo to take back
            raise
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
