"""Rounds of a run: what overlaps waits its turn, what is settled stays settled, limits keep what was proved."""

from collections import Counter
from collections.abc import Callable

import pytest
import repositories
from workbench import BRANCH, PERSON, Asked, Workbench

from autonomous.model.event import EventKind
from autonomous.model.finding import Target
from autonomous.model.journey import Dropped, Landed, RolledBack
from autonomous.model.workflow import Limits, WorkflowStatus
from autonomous.ports.reviewer import No, Quit, Yes

Make = Callable[..., Workbench]


def not_in(name: str) -> str:
    return f'def {name}(a, b):\n    """Say whether."""\n    return not a in b\n'


TWICE = 'def g(x):\n    """G."""\n    return not x in [1] or not x in [2]\n'
NONE = 'def h(x):\n    """H."""\n    if x == None:\n        return 1\n    return 2\n'
UNFIXABLE = 'import os\n\n\ndef k(x):\n    """K."""\n    os.system(x)\n'
EIGHT = {f"{name}.py": not_in(name) for name in "abcdefgh"}


def fixed(text: str) -> bytes:
    return text.replace("not a in b", "a not in b").replace("not x in", "x not in").encode()


def proposed(bench: Workbench) -> Counter[str]:
    """How often a change was proposed for each finding."""
    return Counter(
        str(m.payload["finding"]) for m in bench.messages if m.kind is EventKind.PROPOSAL_GENERATED
    )


def summary(bench: Workbench, phase: str) -> str:
    ended = [m for m in bench.messages if m.kind is EventKind.PHASE_ENDED and m.subject == phase]
    return str(ended[-1].payload["summary"])


def test_what_touches_the_same_line_lands_in_the_next_round(bench: Make) -> None:
    shop = bench({"a.py": not_in("a"), "b.py": TWICE})
    result = shop.improve()
    assert [type(item) for item in result.outcomes] == [Landed] * 3
    bases = [item.proposal.change.base for item in result.landed()]
    assert bases == [shop.base, shop.base, result.landed()[1].commit]
    assert shop.file("b.py") == fixed(TWICE)
    assert result.later == []
    assert result.baseline is result.landed()[-1].tested.report


def test_nothing_that_was_settled_is_proposed_again(bench: Make) -> None:
    shop = bench({"b.py": TWICE, "h.py": NONE, "k.py": UNFIXABLE, "m.py": NONE})
    person = Asked(No("we need it"))
    result = shop.improve(reviewer=person)
    assert len(result.landed()) == 2, "there were two rounds"
    assert len(person.shown) == 2, "who skipped or said no is not asked again in the next round"
    assert set(proposed(shop).values()) <= {1, 2}
    about = {item.finding.path: item.reason for item in result.dropped()}
    assert about["h.py"] == f"refused by {PERSON}: we need it"
    assert Counter(item.finding.path for item in result.dropped())["h.py"] == 1
    assert Counter(item.finding.name for item in result.dropped())["os-system"] == 1
    assert [item.proposal.finding.path for item in result.waiting] == ["m.py"]


def test_of_equal_faults_on_one_line_none_is_forgotten(bench: Make) -> None:
    text = 'def g(x, y):\n    """G."""\n    return (not x in y) + (not x in y) + (not x in y)\n'
    shop = bench({"b.py": text})
    result = shop.improve()
    assert len(result.landed()) == 3
    assert shop.file("b.py").count(b"x not in y") == 3


def test_a_dry_run_ends_before_anything_is_tested_or_made(bench: Make) -> None:
    shop = bench(EIGHT)
    before = repositories.snapshot(shop.root)
    run = shop.run()
    result = shop.improve(run, dry_run=True)
    assert len(result.waiting) == 8
    assert result.outcomes == []
    assert shop.suite.trees == []
    assert run.workflow.status is WorkflowStatus.WAITING
    assert repositories.difference(before, repositories.snapshot(shop.root)) == set()


def test_without_a_person_and_a_policy_everything_waits(bench: Make) -> None:
    shop = bench({"a.py": not_in("a")})
    run = shop.run()
    result = shop.improve(run, auto_approve_safe=False)
    assert [item.proposal.finding.path for item in result.waiting] == ["a.py"]
    assert run.workflow.status is WorkflowStatus.WAITING
    assert shop.branches() == {}
    assert [item.outcome for item in shop.store.items(run.workflow.id)] == ["waiting"]


def test_a_person_decides_on_each(bench: Make) -> None:
    shop = bench({name: EIGHT[name] for name in ("a.py", "b.py", "c.py")})
    run = shop.run()
    result = shop.improve(run, auto_approve_safe=False, reviewer=Asked(Yes("ok"), No("not b"), Quit()))
    assert [item.proposal.finding.path for item in result.landed()] == ["a.py"]
    assert [item.reason for item in result.dropped()] == [f"refused by {PERSON}: not b"]
    assert [item.proposal.finding.path for item in result.waiting] == ["c.py"]
    states = {item.path: item.outcome for item in shop.store.items(run.workflow.id)}
    assert states == {"a.py": "landed", "b.py": "rejected", "c.py": "waiting"}
    assert summary(shop, "approve") == "3 wait for you"


def test_an_answer_from_before_counts_and_is_not_asked_for(bench: Make) -> None:
    shop = bench({"a.py": not_in("a"), "h.py": NONE})
    shop.improve(auto_approve_safe=False, reviewer=Asked(Yes(), No()), dry_run=False)
    person = Asked()
    result = shop.improve(reviewer=person)
    assert person.shown == []
    reasons = [item.reason for item in result.dropped()]
    assert [reason.split(" ")[0] for reason in reasons] == ["mended", "refused"]
    assert summary(shop, "approve") == "1 answer from before"
    assert summary(shop, "known").startswith("1 finding mended already on auto/")


def test_files_left_out_and_other_targets_are_not_touched(bench: Make) -> None:
    shop = bench(EIGHT)
    result = shop.improve(target=Target(("a.py", "b.py")), without=frozenset({"b.py"}))
    assert [item.proposal.finding.path for item in result.landed()] == ["a.py"]
    assert result.summary.files == 2


@pytest.mark.parametrize(("asked", "limit"), [(3, 200), (200, 3)], ids=["asked for", "limit of the person"])
def test_no_more_changes_than_allowed(bench: Make, asked: int, limit: int) -> None:
    shop = bench(EIGHT)
    result = shop.improve(crew=shop.crew(limits=Limits(changes=limit)), max_changes=asked)
    assert [item.proposal.finding.path for item in result.landed()] == ["a.py", "b.py", "c.py"]
    reasons = {item.reason for item in result.outcomes if isinstance(item, Dropped)}
    assert reasons == {"beyond the limit of 3 changes for this run"}
    assert len(result.dropped()) == 5


def test_the_limit_holds_over_all_rounds(bench: Make) -> None:
    shop = bench({"a.py": not_in("a"), "b.py": TWICE})
    result = shop.improve(max_changes=2)
    assert len(result.landed()) == 2
    assert shop.file("b.py").count(b"x not in") == 1


@pytest.mark.parametrize("runs", range(1, 9))
def test_where_test_runs_end_what_was_proved_is_kept(bench: Make, runs: int) -> None:
    shop = bench(EIGHT)
    guilty = {"c.py", "f.py"}
    shop.suite.fails["test_them"] = lambda tree: any(b"a not in b" in tree[path] for path in guilty)
    run = shop.run()
    result = shop.improve(run, crew=shop.crew(limits=Limits(test_runs=runs)))
    landed = {item.proposal.finding.path for item in result.landed()}
    blamed = {item.proposal.finding.path for item in result.rolled_back()}
    assert landed | blamed == set(EIGHT)
    assert not landed & (guilty | blamed)
    assert (run.limit is None) is (blamed == guilty)
    assert len(shop.suite.trees) <= runs + 1, "and one for the baseline"
    if landed:
        tree = {path: shop.file(path) for path in EIGHT}
        assert tree in shop.suite.trees, "what landed was tested, byte for byte"
    else:
        assert shop.branches() == {}
    kept = shop.store.outcomes(run.workflow.id)
    assert {type(item) for item in kept} <= {Landed, RolledBack}
    assert len(kept) == 8


def test_a_limit_ends_the_rounds(bench: Make) -> None:
    shop = bench({**EIGHT, "z.py": TWICE})
    shop.suite.fails["test_c"] = lambda tree: b"a not in b" in tree["c.py"]
    run = shop.run()
    result = shop.improve(run, crew=shop.crew(limits=Limits(test_runs=6)))
    assert run.limit is not None
    assert run.limit.name == "test_runs"
    assert len(result.landed()) == 2, "something landed, so another round could have begun"
    assert len(result.later) == 1
    assert shop.kinds().count("scan_result") == 9
    assert shop.kinds().count("run_ended") == 1


def test_one_checkpoint_a_run_made_before_anything_lands(bench: Make) -> None:
    shop = bench({"a.py": not_in("a"), "b.py": TWICE})
    run = shop.run()
    shop.improve(run)
    kinds = shop.kinds()
    assert kinds.count("checkpoint_made") == 1
    assert kinds.index("checkpoint_made") < kinds.index("change_implemented")
    assert [kept.id for kept in shop.crew().checkpoints.list()] == [run.workflow.checkpoint]


def test_the_branch_of_another_run_is_not_taken(bench: Make) -> None:
    shop = bench({"a.py": not_in("a")})
    repositories.git(shop.root, "branch", BRANCH.removeprefix("refs/heads/"))
    result = shop.improve()
    assert result.branch == f"{BRANCH}-2"
    assert shop.branches()[BRANCH] == shop.base


def test_nothing_to_do_ends_at_once(bench: Make) -> None:
    shop = bench({"a.py": fixed(not_in("a"))})
    run = shop.run()
    result = shop.improve(run)
    assert result.outcomes == []
    assert run.workflow.status is WorkflowStatus.DONE
    assert shop.suite.trees == []


def test_a_file_that_cannot_be_read_is_counted_and_stops_nothing(bench: Make) -> None:
    shop = bench({"a.py": not_in("a"), "b.py": "def ("})
    result = shop.improve()
    assert len(result.landed()) == 1
    assert [each.path for each in result.summary.unreadable] == ["b.py"]
    assert summary(shop, "scan").endswith("1 file not readable")


def test_test_runs_are_counted_over_all_rounds(bench: Make) -> None:
    shop = bench({"a.py": not_in("a"), "b.py": TWICE})
    run = shop.run()
    shop.improve(run, crew=shop.crew(limits=Limits(test_runs=1)))
    assert run.test_runs == 1
    assert run.limit is not None, "the second round has no run left"
    assert run.workflow.status is WorkflowStatus.STOPPED
    assert shop.file("b.py").count(b"x not in") == 1, "the first round stays"


def test_what_a_limit_left_unproved_has_its_turn_when_the_run_goes_on(bench: Make) -> None:
    shop = bench({**EIGHT, "z.py": TWICE})
    shop.suite.fails["test_c"] = lambda tree: b"a not in b" in tree["c.py"]
    run = shop.run()
    shop.improve(run, crew=shop.crew(limits=Limits(test_runs=6)))
    assert run.workflow.status is WorkflowStatus.STOPPED
    again = shop.again(shop.store.workflow(run.workflow.id))
    result = shop.improve(again)
    assert [item.proposal.finding.path for item in result.rolled_back()] == ["c.py"]
    assert len(result.landed()) == 9
    assert list(shop.branches()) == [BRANCH]
    assert shop.file("z.py") == fixed(TWICE)
    assert again.workflow.status is WorkflowStatus.DONE


@pytest.mark.parametrize("seconds", [0.0, 14.0, 25.0, 60.0])
def test_the_time_of_a_run_ends_it_and_it_can_go_on(bench: Make, seconds: float) -> None:
    shop = bench({"a.py": not_in("a"), "b.py": TWICE})
    run = shop.run()
    shop.improve(run, crew=shop.crew(limits=Limits(run_seconds=seconds)))
    assert run.limit is not None
    assert run.limit.name == "run_seconds"
    assert (run.workflow.status, shop.messages[-1].payload["reason"]) == (
        WorkflowStatus.STOPPED,
        str(run.limit),
    )
    again = shop.again(shop.store.workflow(run.workflow.id))
    assert len(shop.improve(again).landed()) == 3
    assert shop.file("b.py") == fixed(TWICE)
    assert list(shop.branches()) == [BRANCH]


def test_what_waits_again_in_another_run_is_shown_there(bench: Make) -> None:
    shop = bench({"a.py": not_in("a")})
    shop.improve(auto_approve_safe=False)
    run = shop.run()
    shop.improve(run, auto_approve_safe=False)
    assert [item.outcome for item in shop.store.items(run.workflow.id)] == ["waiting"]
    assert len(shop.store.waiting(workflow=run.workflow.id)) == 1
    assert len(shop.store.waiting()) == 1, "and it waits once"
