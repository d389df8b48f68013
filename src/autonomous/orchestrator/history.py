"""Past runs: what one has on its branch, which one made a commit, which one can be undone."""

from autonomous.model.errors import Refused
from autonomous.model.journey import Landed
from autonomous.model.workflow import Workflow, WorkflowStatus
from autonomous.ports.git import Repository
from autonomous.ports.store import Store


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


def mended_elsewhere(store: Store, repository: Repository, *, but: str) -> dict[str, str]:
    """Return the findings that wait on a branch of ours for being merged, and the branch, by fingerprint.

    `but` is the run that asks. A branch that HEAD holds is merged; one that is gone holds nothing any more.
    """
    heads, head = repository.refs("refs/heads/"), repository.head().commit
    found: dict[str, str] = {}
    for workflow in store.workflows(limit=200):
        at = heads.get(workflow.branch, "")
        if workflow.id == but or not at or workflow.status is WorkflowStatus.ROLLED_BACK:
            continue
        if repository.contains(workflow.tip, tip=head) or not repository.contains(workflow.tip, tip=at):
            continue
        short = workflow.branch.removeprefix("refs/heads/")
        found |= {item.proposal.finding.fingerprint: short for item in landed_of(store, workflow)}
    return found


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


def branch_moved(branch: str, *, at: str, left: str, workflow: Workflow) -> Refused:
    """Return the refusal to touch a branch that is not where the run left it."""
    short = branch.removeprefix("refs/heads/")
    if not at:
        return Refused(
            f"{short} is gone: somebody removed it since {workflow.id}",
            hint=f"bring it back (git branch {short} {left[:12]}), or name another run: autonomous status",
        )
    return Refused(
        f"{short} is no longer where {workflow.id} left it",
        detail=f"It points to {at[:12]}; the run left it at {left[:12] or 'nothing'}.",
        hint=f"look at it with `git log {short}`; what was added there is not ours to remove",
    )
