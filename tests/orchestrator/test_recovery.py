"""A run that was killed between the moves of a landing is brought to its end, once, on one branch."""

import dataclasses
from collections.abc import Callable, Sequence

import msgspec
import pytest
import repositories
from workbench import ADA, BRANCH, PERSON, Workbench

from autonomous.adapters.git.repository import GitRepository
from autonomous.model.errors import Refused
from autonomous.model.event import EventKind, Message
from autonomous.model.journey import Dropped, Landed, Rejection, RolledBack
from autonomous.model.workflow import Workflow, WorkflowStatus
from autonomous.orchestrator.improving import Result
from autonomous.orchestrator.recovery import finish
from autonomous.orchestrator.run import Run
from autonomous.orchestrator.undoing import Undo
from autonomous.ports.git import RefUpdate
from autonomous.ports.store import UnknownId

FILES = {
    "a.py": 'def f(a, b):\n    """F."""\n    return not a in b\n',
    "b.py": 'def g(x):\n    """G."""\n    return not x in [1] or not x in [2]\n',
}
FIXED_A = FILES["a.py"].replace("not a in b", "a not in b").encode()
FIXED_B = FILES["b.py"].replace("not x in", "x not in").encode()


class Killed(BaseException):
    """The end of a process, as far as its own code can tell."""


class Mortal(GitRepository):
    """A real repository whose process ends right before or right after a move of refs, counted from 1."""

    def __init__(self, bench: Workbench, *, before: int = 0, after: int = 0) -> None:
        super().__init__(bench.root, state=bench.state, clock=bench.clock, author=ADA, committer=ADA)
        bench.closing.callback(self.close)
        self.before, self.after, self.moves = before, after, 0

    def update_refs(self, updates: Sequence[RefUpdate]) -> None:
        self.moves += 1
        if self.moves == self.before:
            raise Killed
        super().update_refs(updates)
        if self.moves == self.after:
            raise Killed


def at_the_record(message: Message) -> None:
    """End the process when it has kept the outcomes and is about to tell the first one."""
    if message.kind is EventKind.CHANGE_LANDED:
        raise Killed


def killed(bench: Workbench, *, before: int = 0, after: int = 0) -> Workflow:
    """Improve until the kill, and return the row that is left."""
    run = bench.run(listeners=() if before or after else [at_the_record])
    crew = dataclasses.replace(bench.crew(), repository=Mortal(bench, before=before, after=after))
    with pytest.raises(Killed):
        bench.improve(run, crew=crew)
    return bench.store.workflow(run.workflow.id)


def resumed(bench: Workbench, workflow: Workflow) -> tuple[Run, Result]:
    run = bench.again(workflow)
    return run, bench.improve(run)


@pytest.fixture
def shop(bench: Callable[..., Workbench]) -> Workbench:
    return bench(FILES)


@pytest.mark.parametrize(
    "at",
    [{"before": 1}, {"after": 1}, {}, {"before": 2}, {"after": 2}],
    ids=["before the move", "after it", "outcomes kept", "before the second round's move", "after that"],
)
def test_resuming_ends_in_one_branch_with_everything(shop: Workbench, at: dict[str, int]) -> None:
    workflow = killed(shop, **at)
    assert "landing" in workflow.options
    assert workflow.status is WorkflowStatus.RUNNING
    run, result = resumed(shop, workflow)
    assert list(shop.branches()) == [BRANCH]
    assert (shop.file("a.py"), shop.file("b.py")) == (FIXED_A, FIXED_B)
    log = repositories.git(shop.root, "log", "--format=%s", f"main..{BRANCH}").split("\n")
    assert len(log) == 3, "each change is one commit, none of them twice"
    kept = shop.store.outcomes(workflow.id)
    assert [type(item) for item in kept] == [Landed] * 3
    assert {item.commit for item in kept} == {item.commit for item in result.landed()}
    assert shop.store.workflow(workflow.id) == run.workflow
    assert "landing" not in run.workflow.options
    assert (run.workflow.branch, run.workflow.tip) == (BRANCH, shop.branches()[BRANCH])
    assert run.workflow.status is WorkflowStatus.DONE
    assert shop.log.verify() == ()


def test_what_was_kept_is_what_would_have_been(shop: Workbench) -> None:
    workflow = killed(shop, after=1)
    run = shop.again(workflow)
    finish(run, repository=shop.repository)
    once = shop.store.outcomes(workflow.id)
    assert [item.tested.report.status for item in once] == ["completed"] * 2
    assert all(item.tested.comparison.green for item in once)
    assert once[1].tested.implemented.parent == once[0].commit
    before = shop.kinds()
    finish(run, repository=shop.repository)
    assert shop.kinds() == before, "a second time there is nothing to do"
    assert shop.store.outcomes(workflow.id) == once


def test_resuming_what_ended_does_nothing_more(shop: Workbench) -> None:
    run = shop.run()
    shop.improve(run)
    tip = shop.branches()[BRANCH]
    _, again = resumed(shop, shop.store.workflow(run.workflow.id))
    assert shop.branches() == {BRANCH: tip}
    assert len(again.landed()) == 3


def test_a_no_that_came_after_the_kill_holds(shop: Workbench) -> None:
    workflow = killed(shop, before=1)
    change = next(item for item in shop.store.approved() if item.proposal.finding.path == "a.py")
    no = Rejection(change.proposal.change.digest, by=PERSON, at=shop.clock.now(), reason="on second thought")
    shop.store.save_decision(no)
    _, result = resumed(shop, workflow)
    assert shop.file("a.py") == FILES["a.py"].encode()
    assert shop.file("b.py") == FIXED_B
    assert [item.reason for item in result.outcomes if isinstance(item, Dropped)] == [
        f"refused by {PERSON}: on second thought"
    ]


def test_a_branch_that_somebody_moved_meanwhile_is_left_alone(shop: Workbench) -> None:
    workflow = killed(shop, before=1)
    repositories.git(shop.root, "branch", BRANCH.removeprefix("refs/heads/"))
    with pytest.raises(Refused, match="no longer where"):
        resumed(shop, workflow)
    assert shop.branches() == {BRANCH: shop.base}


def test_a_branch_that_somebody_went_on_with_keeps_its_commits(shop: Workbench) -> None:
    workflow = killed(shop, after=1)
    repositories.git(shop.root, "checkout", "--quiet", BRANCH.removeprefix("refs/heads/"))
    mine = repositories.commit(shop.root, {"mine.txt": "mine"})
    with pytest.raises(Refused, match="no longer where"):
        resumed(shop, workflow)
    assert shop.branches() == {BRANCH: mine}
    assert [type(item) for item in shop.store.outcomes(workflow.id)] == [Landed] * 2, "they did land"


def test_nor_does_a_run_take_a_commit_off_that_came_between_its_rounds(shop: Workbench) -> None:
    def somebody(message: Message) -> None:
        if message.kind is EventKind.CHANGE_LANDED and not mine:
            repositories.git(
                shop.root, "worktree", "add", "--quiet", str(place), BRANCH[len("refs/heads/") :]
            )
            mine.append(repositories.commit(place, {"mine.txt": "mine"}))

    mine: list[str] = []
    place = shop.root.parent / "linked"
    run = shop.run(listeners=[somebody])
    with pytest.raises(Refused, match="no longer where"):
        shop.improve(run)
    assert shop.branches() == {BRANCH: mine[0]}
    assert shop.store.workflow(run.workflow.id).tip == repositories.git(
        shop.root, "rev-parse", f"{mine[0]}~1"
    )


def test_an_intent_that_names_what_the_store_lost_is_refused(shop: Workbench) -> None:
    workflow = killed(shop, before=1)
    intent = msgspec.json.decode(workflow.options["landing"])
    intent["steps"][0]["proposal"] = "0" * 64
    options = {"landing": msgspec.json.encode(intent).decode()}
    run = shop.again(msgspec.structs.replace(workflow, options=options))
    with pytest.raises(UnknownId):
        finish(run, repository=shop.repository)
    assert shop.branches() == {}


@pytest.mark.parametrize("at", [{"before": 1}, {"after": 1}, {"after": 2}])
def test_undoing_what_was_killed_leaves_nothing_that_lands_unasked(
    shop: Workbench, at: dict[str, int]
) -> None:
    workflow = killed(shop, **at)
    undoing = shop.run(command="rollback")
    Undo(undoing, shop.crew()).workflow(workflow)
    assert shop.branches() == {}
    assert {type(item) for item in shop.store.outcomes(workflow.id)} == {RolledBack}
    left = shop.store.workflow(workflow.id)
    assert (left.status, "landing" in left.options) == (WorkflowStatus.ROLLED_BACK, False)
    undone = {item.proposal.change.digest for item in shop.store.outcomes(workflow.id)}
    _, again = resumed(shop, left)
    landed = (*again.landed(), *shop.improve().landed())
    assert not undone & {item.proposal.change.digest for item in landed}
    assert "a.py" not in {item.proposal.finding.path for item in landed}
