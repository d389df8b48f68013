"""Undoing a run or one change of it, and taking that back: branch, records and approvals go together."""

from collections.abc import Callable

import pytest
import repositories
from workbench import BRANCH, PERSON, Workbench

from autonomous.model.errors import Refused
from autonomous.model.journey import Approval, Landed, Rejection, RolledBack
from autonomous.model.workflow import Workflow, WorkflowStatus
from autonomous.orchestrator.history import landed_of, last_run, run_of_commit
from autonomous.orchestrator.undoing import Undo
from autonomous.orchestrator.undone import Undone
from autonomous.stages.compose import compose

Make = Callable[..., Workbench]
SHORT = BRANCH.removeprefix("refs/heads/")


def not_in(name: str) -> str:
    return f'def {name}(a, b):\n    """Say whether."""\n    return not a in b\n'


TWICE = 'def g(x):\n    """G."""\n    return not x in [1] or not x in [2]\n'
AROUND = f'{TWICE}\n\ndef far(a, b):\n    """Far."""\n    return not a in b\n'


def fixed(text: str) -> bytes:
    return text.replace("not a in b", "a not in b").replace("not x in", "x not in").encode()


def improved(bench: Workbench, **asked) -> Workflow:
    run = bench.run()
    bench.improve(run, **asked)
    return run.workflow


def undo(bench: Workbench, act: Callable[[Undo], Undone]) -> tuple[Undone, Workflow]:
    """Undo something in a run of its own, as the command does."""
    run = bench.run(command="rollback")
    undone = act(Undo(run, bench.crew()))
    run.finish()
    return undone, run.workflow


def commits(bench: Workbench) -> list[str]:
    return repositories.git(bench.root, "rev-list", "--reverse", f"main..{BRANCH}").split()


def ends(bench: Workbench, workflow: Workflow) -> dict[str, type]:
    return {item.proposal.finding.path: type(item) for item in bench.store.outcomes(workflow.id)}


def test_a_run_goes_with_its_branch_and_its_approvals(bench: Make) -> None:
    shop = bench({"a.py": not_in("a"), "b.py": not_in("b")})
    workflow = improved(shop)
    before = repositories.snapshot(shop.root / "a.py", shop.root / ".git" / "HEAD")
    undone, row = undo(shop, lambda act: act.workflow(workflow))
    assert (undone.old, undone.new, undone.commits, undone.merged_into) == (workflow.tip, "", 2, "")
    assert shop.branches() == {}
    assert repositories.snapshot(shop.root / "a.py", shop.root / ".git" / "HEAD") == before
    assert shop.repository.refs("refs/autonomous/") == {f"refs/autonomous/undone/{row.id}": workflow.tip}
    assert ends(shop, workflow) == {"a.py": RolledBack, "b.py": RolledBack}
    for item in shop.store.outcomes(workflow.id):
        decision = shop.store.decision(item.proposal.change.digest)
        assert isinstance(decision, Rejection), "the approval is used up"
        assert decision.reason == f"rolled back by {PERSON}"
    with pytest.raises(Refused, match="rolled back already"):
        undo(shop, lambda act: act.workflow(shop.store.workflow(workflow.id)))
    assert shop.improve().landed() == (), "the next run does not land it unasked"


def test_and_comes_back_with_them(bench: Make) -> None:
    shop = bench({"a.py": not_in("a"), "b.py": TWICE})
    workflow = improved(shop)
    outcomes = shop.store.outcomes(workflow.id)
    undo(shop, lambda act: act.workflow(workflow))
    past = last_run(shop.store, undo=True)
    back, _ = undo(shop, lambda act: act.take_back(past))
    assert (back.old, back.new, back.commits) == ("", workflow.tip, -3)
    assert shop.branches() == {BRANCH: workflow.tip}
    assert shop.store.outcomes(workflow.id) == outcomes
    assert all(isinstance(shop.store.decision(item.proposal.change.digest), Approval) for item in outcomes)
    assert shop.store.workflow(workflow.id).status is WorkflowStatus.DONE
    assert shop.store.workflow(past.id).status is WorkflowStatus.ROLLED_BACK
    assert last_run(shop.store, undo=False).id == workflow.id
    undo(shop, lambda act: act.workflow(last_run(shop.store, undo=False)))
    assert shop.branches() == {}, "and may go again"


@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_change_goes_and_the_others_stay(bench: Make, number: int) -> None:
    shop = bench({"a.py": f"{not_in('a')}\n\n{not_in('b')}", "b.py": not_in("b")})
    workflow = improved(shop)
    chain = landed_of(shop.store, workflow)
    assert len(chain) == 3
    gone = chain[number]
    others = [item for item in chain if item is not gone]
    undone, _ = undo(shop, lambda act: act.commit(*run_of_commit(shop.store, gone.commit[:9])))
    assert (undone.commits, undone.old, undone.new) == (1, workflow.tip, shop.branches()[BRANCH])
    assert len(commits(shop)) == 2
    now = landed_of(shop.store, shop.store.workflow(workflow.id))
    assert [item.proposal.id for item in now] == [item.proposal.id for item in others]
    assert [item.commit for item in now] == commits(shop)
    assert shop.store.workflow(workflow.id).tip == now[-1].commit
    kept = [item.tested.implemented.approved for item in others]
    wanted, conflicts = compose(shop.base, kept, shop.repository.tree(shop.base))
    assert conflicts == ()
    assert {path: shop.file(path) for path in wanted} == wanted
    assert sum(shop.file(path).count(b"not a in b") for path in ("a.py", "b.py")) == 1
    undo(shop, lambda act: act.take_back(last_run(shop.store, undo=True)))
    assert shop.branches() == {BRANCH: workflow.tip}
    assert landed_of(shop.store, shop.store.workflow(workflow.id)) == chain


def test_a_change_of_a_later_round_goes_alone(bench: Make) -> None:
    shop = bench({"a.py": AROUND, "b.py": not_in("b")})
    workflow = improved(shop)
    last = landed_of(shop.store, workflow)[-1]
    assert last.proposal.change.base != workflow.base
    undo(shop, lambda act: act.commit(workflow, last.commit))
    assert shop.file("a.py").count(b"not x in") == 1
    assert shop.file("a.py").count(b"a not in b") == 1


def test_a_later_round_is_moved_to_where_its_lines_are_now(bench: Make) -> None:
    shop = bench({"a.py": AROUND, "b.py": not_in("b")})
    workflow = improved(shop)
    far = next(item for item in landed_of(shop.store, workflow) if item.proposal.finding.symbol == "far")
    assert far.proposal.change.base == workflow.base
    undo(shop, lambda act: act.commit(workflow, far.commit))
    assert shop.file("a.py") == fixed(TWICE) + AROUND[len(TWICE) :].encode()
    assert shop.file("b.py") == fixed(not_in("b"))
    assert len(commits(shop)) == 3


def test_what_a_later_change_stands_on_cannot_go_alone(bench: Make) -> None:
    shop = bench({"a.py": TWICE})
    workflow = improved(shop)
    first, _ = landed_of(shop.store, workflow)
    with pytest.raises(Refused, match="cannot be stacked without this one") as refused:
        undo(shop, lambda act: act.commit(workflow, first.commit))
    assert workflow.id in refused.value.hint
    assert shop.branches() == {BRANCH: workflow.tip}
    assert ends(shop, workflow) == {"a.py": Landed}


def test_the_only_change_of_a_run_goes_with_its_branch(bench: Make) -> None:
    shop = bench({"a.py": not_in("a")})
    workflow = improved(shop)
    undone, _ = undo(shop, lambda act: act.commit(workflow, workflow.tip))
    assert undone.new == ""
    assert shop.branches() == {}
    assert shop.store.workflow(workflow.id).status is WorkflowStatus.ROLLED_BACK


def test_a_branch_that_somebody_went_on_with_is_not_touched(bench: Make) -> None:
    shop = bench({"a.py": not_in("a"), "b.py": not_in("b")})
    workflow = improved(shop)
    repositories.git(shop.root, "checkout", "--quiet", SHORT)
    mine = repositories.commit(shop.root, {"mine.txt": "mine"})
    for act in (lambda act: act.workflow(workflow), lambda act: act.commit(workflow, workflow.tip)):
        with pytest.raises(Refused, match="no longer where"):
            undo(shop, act)
    assert shop.branches() == {BRANCH: mine}
    assert ends(shop, workflow) == {"a.py": Landed, "b.py": Landed}


def test_an_undo_is_not_taken_back_onto_a_new_branch(bench: Make) -> None:
    shop = bench({"a.py": not_in("a")})
    workflow = improved(shop)
    undo(shop, lambda act: act.workflow(workflow))
    repositories.git(shop.root, "branch", SHORT)
    with pytest.raises(Refused):
        undo(shop, lambda act: act.take_back(last_run(shop.store, undo=True)))
    assert shop.branches() == {BRANCH: shop.base}
    assert ends(shop, workflow) == {"a.py": RolledBack}


@pytest.mark.parametrize("detached", [False, True])
def test_what_was_merged_is_said(bench: Make, detached: bool) -> None:
    shop = bench({"a.py": not_in("a"), "b.py": not_in("b")})
    workflow = improved(shop)
    repositories.git(shop.root, "merge", "--quiet", "--ff-only", SHORT)
    if detached:
        repositories.git(shop.root, "checkout", "--quiet", "--detach")
    undone, _ = undo(shop, lambda act: act.workflow(workflow))
    assert undone.merged_into == ("HEAD" if detached else "main")
    assert shop.repository.head().commit == workflow.tip, "what was merged stays"
    assert shop.branches() == {}


def test_back_to_a_checkpoint_and_forth(bench: Make) -> None:
    shop = bench({"a.py": "x = 1\n"})
    made = shop.crew().checkpoints.create(workflow="", reason="by hand")
    repositories.write(shop.root, {"a.py": "x = 2\n", "new.py": "y = 1\n"})
    undone, _ = undo(shop, lambda act: act.checkpoint(made.id))
    assert (shop.root / "a.py").read_text() == "x = 1\n"
    assert undone.restored.checkpoint == made.id
    undo(shop, lambda act: act.take_back(last_run(shop.store, undo=True)))
    assert (shop.root / "a.py").read_text() == "x = 2\n"
    assert (shop.root / "new.py").read_text() == "y = 1\n"


def test_there_is_nothing_to_undo(bench: Make) -> None:
    shop = bench({"a.py": "x = 1\n"})
    with pytest.raises(Refused, match="no run to undo"):
        last_run(shop.store, undo=False)
    with pytest.raises(Refused, match="no undo to take back"):
        last_run(shop.store, undo=True)
    with pytest.raises(Refused, match="no run made the commit"):
        run_of_commit(shop.store, shop.base)
    improved(shop)
    with pytest.raises(Refused, match="no run to undo"):
        last_run(shop.store, undo=False)


def test_a_commit_of_a_run_that_is_gone_is_nobodys(bench: Make) -> None:
    shop = bench({"a.py": not_in("a")})
    workflow = improved(shop)
    undo(shop, lambda act: act.workflow(workflow))
    with pytest.raises(Refused, match="no run made the commit"):
        run_of_commit(shop.store, workflow.tip)


def test_a_run_without_a_branch_has_nothing_to_undo(bench: Make) -> None:
    shop = bench({"a.py": "x = 1\n"})
    workflow = improved(shop)
    with pytest.raises(Refused, match="put nothing on a branch"):
        undo(shop, lambda act: act.workflow(workflow))
