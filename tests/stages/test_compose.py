"""Changes are stacked on one tree without touching each other, or named as conflicts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.check import Gate, Scores
from autonomous.model.digest import digest_of
from autonomous.model.finding import Finding, Span
from autonomous.model.journey import Approval, Approved, Cleared, Validated
from autonomous.model.kinds import Category, Safety, Severity
from autonomous.model.proposal import Proposal
from autonomous.ports.files import FileUnreadable
from autonomous.stages.compose import Conflict, Stacked, compose, stack

BASE = "b" * 40
TEXT = b"one\ntwo\nthree\nfour\nfive\n"


class Tree:
    """Files in a dictionary; None stands for one that is there and cannot be read."""

    def __init__(self, contents: Mapping[str, bytes | None]) -> None:
        self.contents = contents

    def paths(self, targets: Sequence[str] = ()) -> Iterator[str]:
        return iter(sorted(self.contents))

    def read(self, path: str) -> bytes:
        data = self.contents[path]
        if data is None:
            raise FileUnreadable(path, "no right")
        return data

    def exists(self, path: str) -> bool:
        return path in self.contents


def approved(*edits: tuple[str, bytes | None, bytes | None]) -> Approved:
    change = ChangeSet(BASE, tuple(FileEdit(*edit) for edit in edits))
    finding = Finding(
        rule="AUT001",
        name="x",
        title="x",
        category=Category.STYLE,
        severity=Severity.LOW,
        confidence=1.0,
        path=edits[0][0],
        span=Span(1, 1, 1, 2),
        message="x",
        fingerprint=digest_of(repr(edits).encode()),
    )
    proposal = Proposal(finding, change, writer="rule AUT001", safety=Safety.SAFE, title="x", why="x")
    cleared = Cleared(Validated(proposal, ()), (), Scores(1.0, 1.0, 0.0), Gate.AUTO, "safe")
    return Approved(cleared, Approval(change.digest, "alice", datetime(2026, 1, 1, tzinfo=UTC)))


def replaced(old: bytes, new: bytes) -> Approved:
    return approved(("a.py", TEXT, TEXT.replace(old, new)))


def test_changes_to_different_lines_of_one_file_are_all_there() -> None:
    contents, conflicts = compose(
        BASE, [replaced(b"one", b"1"), replaced(b"five", b"5")], Tree({"a.py": TEXT})
    )
    assert contents == {"a.py": b"1\ntwo\nthree\nfour\n5\n"}
    assert conflicts == ()


def test_the_same_inserted_import_is_there_once() -> None:
    first = approved(("a.py", TEXT, b"import re\n" + TEXT.replace(b"two", b"2")))
    second = approved(("a.py", TEXT, b"import re\n" + TEXT.replace(b"five", b"5")))
    contents, conflicts = compose(BASE, [first, second], Tree({"a.py": TEXT}))
    assert contents == {"a.py": b"import re\none\n2\nthree\nfour\n5\n"}
    assert conflicts == ()


def test_a_conflict_names_its_line_and_leaves_the_others() -> None:
    items = [replaced(b"two", b"2"), replaced(b"two", b"zwei"), replaced(b"four", b"4")]
    contents, conflicts = compose(BASE, items, Tree({"a.py": TEXT}))
    assert contents == {"a.py": b"one\n2\nthree\n4\nfive\n"}
    assert [(c.approved, c.path) for c in conflicts] == [(items[1], "a.py")]
    assert conflicts[0].reason == "an earlier change touches the same lines of a.py, from line 2"


def test_a_change_is_placed_as_a_whole_or_not_at_all() -> None:
    both = approved(("b.py", b"x\n", b"y\n"), ("a.py", TEXT, TEXT.replace(b"two", b"zwei")))
    after = approved(("b.py", b"x\n", b"z\n"))
    contents, conflicts = compose(
        BASE, [replaced(b"two", b"2"), both, after], Tree({"a.py": TEXT, "b.py": b"x\n"})
    )
    assert contents == {"a.py": TEXT.replace(b"two", b"2"), "b.py": b"z\n"}
    assert [c.approved for c in conflicts] == [both]


@pytest.mark.parametrize(
    "now", [{"a.py": TEXT + b"six\n"}, {}, {"a.py": None}], ids=["edited", "gone", "unreadable"]
)
def test_a_file_that_moved_on_is_a_conflict(now: dict[str, bytes | None]) -> None:
    contents, conflicts = compose(BASE, [replaced(b"one", b"1")], Tree(now))
    assert contents == {}
    assert conflicts[0].reason == f"a.py is at {BASE:.12} no longer what it was when the change was approved"


def test_creating_and_removing_files() -> None:
    tree = Tree({"old.py": b"x\n"})
    create, remove = approved(("new.py", None, b"n\n")), approved(("old.py", b"x\n", None))
    contents, conflicts = compose(BASE, [create, remove, create], tree)
    assert (contents, conflicts) == ({"new.py": b"n\n", "old.py": None}, ())
    edited = approved(("old.py", b"x\n", b"y\n"))
    other = approved(("new.py", None, b"other\n"))
    _, conflicts = compose(BASE, [create, remove, edited, other], tree)
    assert [c.approved for c in conflicts] == [edited, other]
    assert conflicts[0].reason == "an earlier change starts from other contents of old.py"
    assert conflicts[1].reason == "an earlier change also creates or removes new.py"


def test_creating_a_file_that_is_there_is_a_conflict() -> None:
    _, conflicts = compose(BASE, [approved(("a.py", None, b"n\n"))], Tree({"a.py": TEXT}))
    assert len(conflicts) == 1


@pytest.mark.parametrize(
    ("before", "one", "two"),
    [(b"a\n", b"a\nb", b"a\nc\n"), (b"a\nb\n", b"a\nb", b"a\nb\nc\n"), (b"", b"x", b"y\n")],
    ids=["two insertions", "line end dropped", "empty file"],
)
def test_lines_are_never_glued_together(before: bytes, one: bytes, two: bytes) -> None:
    changes = [approved(("a.py", before, one)), approved(("a.py", before, two))]
    for items in (changes, changes[::-1]):
        contents, conflicts = compose(BASE, items, Tree({"a.py": before}))
        assert len(conflicts) == 1
        assert contents == {"a.py": items[0].proposal.change.edits[0].after}


def test_each_step_of_the_stack_holds_the_whole_files_so_far() -> None:
    items = [replaced(b"one", b"1"), replaced(b"one", b"I"), replaced(b"five", b"5")]
    steps = list(stack(BASE, items, Tree({"a.py": TEXT})))
    assert [type(step) for step in steps] == [Stacked, Conflict, Stacked]
    assert [s.contents for s in steps if isinstance(s, Stacked)] == [
        {"a.py": TEXT.replace(b"one", b"1")},
        {"a.py": TEXT.replace(b"one", b"1").replace(b"five", b"5")},
    ]


LINES = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\r\n", b"\n"]), max_size=8).map(b"".join)


@given(before=LINES, after=LINES, tail=st.sampled_from([b"", b"no line end"]))
def test_one_change_alone_lands_byte_for_byte(before: bytes, after: bytes, tail: bytes) -> None:
    contents, conflicts = compose(BASE, [approved(("a.py", before, after + tail))], Tree({"a.py": before}))
    assert (contents, conflicts) == ({"a.py": after + tail}, ())
