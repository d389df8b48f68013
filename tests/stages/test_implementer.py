"""Approved changes become commits whose trees are, byte for byte, what was approved; nothing else does."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
import repositories
import tickets
from hypothesis import given, settings
from hypothesis import strategies as st
from workbench import Workbench, workbenches

from autonomous.model.journey import Approved, Dropped, Implemented
from autonomous.model.kinds import StageName
from autonomous.stages.implementer import Implementer

Make = Callable[..., Workbench]
TEXT = b"one\ntwo\nthree\nfour\nfive\n"


def implement(
    bench: Workbench, *items: Approved, base: str = "", current: str = ""
) -> tuple[list[Implemented], list[Dropped]]:
    base = base or bench.base
    tree = bench.repository.tree(current or base)
    stage = Implementer(base=base, repository=bench.repository, current=tree)
    made = list(stage(items, bench.ports_at(base)))
    return (
        [one for one in made if isinstance(one, Implemented)],
        [one for one in made if isinstance(one, Dropped)],
    )


def replaced(bench: Workbench, old: bytes, new: bytes) -> Approved:
    return tickets.approved(bench.base, ("a.py", TEXT, TEXT.replace(old, new)))


def test_one_commit_a_change_each_on_the_one_before(bench: Make) -> None:
    shop = bench({"a.py": TEXT, "b.py": "b = 1\n"})
    (shop.root / "a.py").chmod(0o755)
    shop.base = repositories.commit(shop.root)
    first, second = replaced(shop, b"one", b"1"), replaced(shop, b"five", b"5")
    made, dropped = implement(shop, first, second)
    assert dropped == []
    assert [one.approved for one in made] == [first, second]
    assert [one.parent for one in made] == [shop.base, made[0].commit]
    assert shop.file("a.py", made[0].commit) == TEXT.replace(b"one", b"1")
    assert shop.file("a.py", made[1].commit) == TEXT.replace(b"one", b"1").replace(b"five", b"5")
    assert shop.repository.changed_paths(shop.base, made[1].commit) == ("a.py",)
    assert repositories.git(shop.root, "ls-tree", made[1].commit, "a.py").startswith("100755")
    assert repositories.git(shop.root, "rev-parse", f"{made[1].commit}~2") == shop.base
    assert shop.branches() == {}, "no branch moves here"


@pytest.mark.parametrize(
    "now",
    [TEXT[:-1], TEXT + b"\n", TEXT.replace(b"three", b"thrEe"), b"\xef\xbb\xbf" + TEXT, None],
    ids=["line end gone", "one more", "one letter", "byte order mark", "file gone"],
)
def test_a_file_that_moved_by_a_byte_is_refused(bench: Make, now: bytes | None) -> None:
    shop = bench({"a.py": TEXT, "b.py": "b = 1\n"})
    item = replaced(shop, b"one", b"1")
    if now is None:
        (shop.root / "a.py").unlink()
    moved = repositories.commit(shop.root, {} if now is None else {"a.py": now})
    made, (dropped,) = implement(shop, item, current=moved)
    assert made == []
    assert dropped.stage is StageName.IMPLEMENTER
    assert dropped.reason == "changed since approval: a.py is no longer the file that was approved"
    assert (dropped.proposal, dropped.checks) == (item.proposal, item.cleared.evidence)


def test_a_change_for_another_base_is_refused(bench: Make) -> None:
    shop = bench({"a.py": TEXT})
    item = replaced(shop, b"one", b"1")
    later = repositories.commit(shop.root, {"b.py": "b = 1\n"})
    made, (dropped,) = implement(shop, item, base=later)
    assert made == []
    assert "changed since approval" in dropped.reason


def test_an_approval_of_other_bytes_before_is_refused(bench: Make) -> None:
    shop = bench({"a.py": TEXT})
    made, (dropped,) = implement(shop, tickets.approved(shop.base, ("a.py", TEXT[:-1], b"x\n")))
    assert made == []
    assert "changed since approval" in dropped.reason


def test_what_touches_the_lines_of_an_earlier_change_is_left_out(bench: Make) -> None:
    shop = bench({"a.py": TEXT})
    items = [replaced(shop, b"two", b"2"), replaced(shop, b"two", b"zwei"), replaced(shop, b"four", b"4")]
    made, (dropped,) = implement(shop, *items)
    assert [one.approved for one in made] == [items[0], items[2]]
    assert dropped.reason == "an earlier change touches the same lines of a.py, from line 2"
    assert shop.file("a.py", made[-1].commit) == TEXT.replace(b"two", b"2").replace(b"four", b"4")


def test_nothing_approved_is_nothing_written(bench: Make) -> None:
    shop = bench({"a.py": TEXT})
    before = repositories.snapshot(shop.root)
    assert implement(shop) == ([], [])
    assert repositories.difference(before, repositories.snapshot(shop.root)) == set()


NEW = st.lists(st.sampled_from([b"1\n", b"2\r\n", b"\x0c\n", b"\n"]), max_size=2)


@st.composite
def separate(draw: st.DrawFn) -> tuple[list[bytes], dict[int, bytes]]:
    """Return the different lines of a file, and for some that are no neighbours what they are replaced by."""
    endings = draw(st.lists(st.sampled_from([b"\n", b"\r\n", b"\xff\n"]), min_size=3, max_size=14))
    lines = [b"line %d%b" % (number, end) for number, end in enumerate(endings)]
    places = draw(st.sets(st.integers(0, (len(lines) - 1) // 2), min_size=1, max_size=6))
    tail = draw(st.sampled_from([b"", b"no line end"]))
    return [*lines, tail], {2 * place: b"".join(draw(NEW)) for place in places}


@settings(max_examples=20, deadline=None, derandomize=True)
@given(separate(), st.randoms(use_true_random=False))
def test_the_last_tree_holds_all_changes_in_whatever_order(
    edits: tuple[list[bytes], dict[int, bytes]], order: Random
) -> None:
    lines, new = edits
    before = b"".join(lines)
    with TemporaryDirectory() as folder, workbenches(Path(folder)) as make:
        shop = make({"a.py": before, "b.py": "b = 1\n"})
        changed = ({place: after} for place, after in new.items())
        wanted = [tickets.approved(shop.base, ("a.py", before, _with(lines, one))) for one in changed]
        order.shuffle(wanted)
        made, dropped = implement(shop, *wanted)
        assert dropped == []
        assert shop.file("a.py", made[-1].commit) == _with(lines, new)
        assert shop.repository.changed_paths(shop.base, made[-1].commit) == ("a.py",)


def _with(lines: list[bytes], new: dict[int, bytes]) -> bytes:
    return b"".join(new.get(number, line) for number, line in enumerate(lines))
