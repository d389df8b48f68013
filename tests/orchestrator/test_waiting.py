"""What waits or was approved, as long as the files are, byte for byte, what the change was made for."""

from collections.abc import Callable, Sequence

import pytest
import repositories
import tickets
from workbench import PERSON, Workbench

from autonomous.model.journey import Approval, Approved, Cleared, Rejection
from autonomous.orchestrator.proving import Proved
from autonomous.orchestrator.run import Run
from autonomous.orchestrator.waiting import approved_now, waiting_now

Make = Callable[..., Workbench]
A = tickets.finding("a.py")
B = tickets.finding("b.py")


def keep(run: Run, *items: Cleared) -> None:
    for item in items:
        run.store.save_cleared(item, workflow=run.workflow.id)


def way(bench: Workbench, new: bytes, alternative: int = 0, *, base: str = "") -> Cleared:
    edit = ("a.py", b"x = 1\n", new)
    return tickets.cleared(base or bench.base, edit, of=A, alternative=alternative)


def waiting(bench: Workbench, commit: str = "") -> tuple[Proved, ...]:
    return waiting_now(bench.store, head=bench.repository.tree(commit or bench.base))


@pytest.fixture
def shop(bench: Make) -> Workbench:
    return bench({"a.py": "x = 1\n", "b.py": "y = 1\n"})


def test_one_entry_a_finding_with_its_other_ways(shop: Workbench) -> None:
    run = shop.run()
    second, first = way(shop, b"x = 3\n", 1), way(shop, b"x = 2\n")
    other = tickets.cleared(shop.base, ("b.py", b"y = 1\n", b"y = 2\n"), of=B)
    keep(run, second, other, first)
    assert waiting(shop) == (Proved(first, (second,)), Proved(other))


def test_what_was_made_anew_replaces_the_older_ways(shop: Workbench) -> None:
    run = shop.run()
    keep(run, way(shop, b"x = 2\n"), way(shop, b"x = 3\n", 1))
    later = repositories.commit(shop.root, {"b.py": "y = 5\n"})
    new = way(shop, b"x = 2\n", base=later)
    keep(run, new)
    assert waiting(shop, later) == (Proved(new),)


@pytest.mark.parametrize("now", ["x = 1", "x = 1\r\n", "X = 1\n", "x = 1\n\n", ""])
def test_a_file_that_moved_by_a_byte_leaves_nothing_waiting(shop: Workbench, now: str) -> None:
    item = way(shop, b"x = 2\n")
    keep(shop.run(), item)
    shop.store.save_decision(Approval(item.proposal.change.digest, PERSON, shop.clock.now()))
    later = repositories.commit(shop.root, {"a.py": now})
    assert len(approved_now(shop.store, head=shop.repository.tree(shop.base))) == 1
    assert approved_now(shop.store, head=shop.repository.tree(later)) == ()
    other = way(shop, b"x = 9\n")
    keep(shop.run(), other)
    assert len(waiting(shop)) == 1
    assert waiting(shop, later) == ()


def test_a_file_that_is_gone_or_came_leaves_nothing_waiting(shop: Workbench) -> None:
    made = tickets.cleared(shop.base, ("new.py", None, b"n = 1\n"), of=tickets.finding("new.py"))
    keep(shop.run(), way(shop, b"x = 2\n"), made)
    assert len(waiting(shop)) == 2
    (shop.root / "a.py").unlink()
    later = repositories.commit(shop.root, {"new.py": "mine = 1\n"})
    assert waiting(shop, later) == ()


def approved(bench: Workbench) -> Sequence[Approved]:
    return approved_now(bench.store, head=bench.repository.tree(bench.base))


def test_a_no_is_not_a_yes_and_the_newest_counts(shop: Workbench) -> None:
    item = way(shop, b"x = 2\n")
    keep(shop.run(), item)
    change = item.proposal.change.digest
    assert approved(shop) == ()
    yes = Approval(change, PERSON, shop.clock.now(), "fine")
    shop.store.save_decision(yes)
    assert approved(shop) == (Approved(item, yes),)
    assert waiting(shop) == ()
    shop.store.save_decision(Rejection(change, PERSON, shop.clock.now()))
    assert approved(shop) == ()


def test_what_has_landed_waits_no_more(bench: Make) -> None:
    shop = bench({"a.py": 'def f(a, b):\n    """F."""\n    return not a in b\n'})
    shop.improve(auto_approve_safe=False)
    (one,) = waiting(shop)
    shop.improve()
    assert waiting(shop) == ()
    assert approved(shop) == ()
    assert one.others == ()
