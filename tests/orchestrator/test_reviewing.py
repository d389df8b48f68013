"""One sitting with a person: every answer is kept before the next question, and nothing is decided for them."""

from collections.abc import Callable, Sequence

import pytest
import tickets
from workbench import PERSON, Asked, Workbench

from autonomous.model.journey import Approval, Cleared, Dropped, Rejection
from autonomous.model.kinds import Safety, StageName
from autonomous.model.proposal import Proposal
from autonomous.orchestrator.reviewing import Review, edited
from autonomous.ports.reviewer import AllOfRule, Alternative, Modify, No, Quit, Skip, Yes

BASE = "b" * 40


def item(name: str, rule: str = "AUT999", new: bytes = b"y\n", alternative: int = 0) -> Cleared:
    fault = tickets.finding(f"{name}.py", rule=rule)
    return tickets.cleared(BASE, (f"{name}.py", b"x\n", new), of=fault, alternative=alternative)


A, B, C = item("a"), item("b", "AUT998"), item("c")


class Sitting:
    """A review of changes by a person with given answers."""

    def __init__(self, bench: Workbench) -> None:
        self.bench, self.judged = bench, list[Proposal]()
        self.refusal = ""

    def judge(self, proposal: Proposal) -> Cleared | Dropped:
        self.judged.append(proposal)
        if self.refusal:
            return Dropped(proposal.finding, StageName.VALIDATOR, self.refusal, proposal)
        (edit,) = proposal.change.edits
        return tickets.cleared(BASE, (edit.path, edit.before, edit.after), of=proposal.finding)

    def of(self, waiting: Sequence[Cleared], *answers, others=None) -> tuple[Asked, tuple[Cleared, ...]]:
        person = Asked(*answers)
        review = Review(self.bench.run(), reviewer=person, person=PERSON, judge=self.judge)
        ways = {one.proposal.id: list(more) for one, more in (others or [])}
        return person, review.of(waiting, ways)

    def verdicts(self, *items: Cleared) -> list[str]:
        kept = [self.bench.store.decision(one.proposal.change.digest) for one in items]
        return ["" if one is None else f"{type(one).__name__}: {one.reason}" for one in kept]


@pytest.fixture
def sitting(bench: Callable[..., Workbench]) -> Sitting:
    return Sitting(bench({"a.py": "x\n"}))


def test_yes_no_and_skip(sitting: Sitting) -> None:
    person, seen = sitting.of([A, B, C], Yes("fine"), No("not now"), Skip())
    assert seen == (A, B, C)
    assert sitting.verdicts(A, B, C) == ["Approval: fine", "Rejection: not now", ""]
    assert [shown[:2] for shown in person.shown] == [(1, 3), (2, 3), (3, 3)]
    kept = sitting.bench.store.decision(A.proposal.change.digest)
    assert (kept.by, kept.change) == (PERSON, A.proposal.change.digest)


def test_each_answer_is_told_with_who_and_why(sitting: Sitting) -> None:
    sitting.of([A, B], Yes(), No("risky"))
    told = [m for m in sitting.bench.messages if m.kind == "approval_decision"]
    assert [(m.subject, m.payload["verdict"], m.payload["by"], m.payload["reason"]) for m in told] == [
        (A.proposal.id, "approved", PERSON, ""),
        (B.proposal.id, "refused", PERSON, "risky"),
    ]
    record = list(sitting.bench.log.records())[-1].event
    assert (record.actor, record.why, record.subject) == (PERSON, "risky", B.proposal.id)


def test_quitting_leaves_this_one_and_the_rest(sitting: Sitting) -> None:
    person, seen = sitting.of([A, B, C], Yes(), Quit())
    assert seen == (A, B, C)
    assert len(person.shown) == 2
    assert sitting.verdicts(A, B, C) == ["Approval: ", "", ""]


def test_all_of_a_rule_asks_no_more_about_it(sitting: Sitting) -> None:
    person, seen = sitting.of([A, B, C], AllOfRule(), Skip())
    assert seen == (A, B, C)
    assert [shown[0] for shown in person.shown] == [1, 2]
    assert sitting.verdicts(A, B, C) == ["Approval: all of the rule", "", "Approval: all of the rule"]


def test_another_way_goes_round(sitting: Sitting) -> None:
    second, third = item("a", new=b"2\n", alternative=1), item("a", new=b"3\n", alternative=2)
    ways = [(A, [second, third])]
    person, seen = sitting.of(
        [A], Alternative(), Alternative(), Alternative(), Alternative(), Yes(), others=ways
    )
    assert [shown[2] for shown in person.shown] == [way.proposal.id for way in (A, second, third, A, second)]
    assert {shown[3] for shown in person.shown} == {2}
    assert seen == (second,)
    assert sitting.verdicts(A, second, third) == ["", "Approval: ", ""]


def test_where_there_is_no_other_way_the_same_is_shown_again(sitting: Sitting) -> None:
    person, seen = sitting.of([A], Alternative(), Yes())
    assert [shown[2] for shown in person.shown] == [A.proposal.id] * 2
    assert seen == (A,)


def test_an_edited_version_is_judged_and_asked_about_again(sitting: Sitting) -> None:
    person, (seen,) = sitting.of([A], Modify("a.py", b"mine\n"), Yes())
    (judged,) = sitting.judged
    assert (judged.writer, judged.safety, judged.change.edits[0].after) == (
        "person",
        Safety.REVIEW,
        b"mine\n",
    )
    assert sitting.bench.store.proposal(judged.id) == judged
    assert person.shown[1][2] == seen.proposal.id != A.proposal.id
    assert sitting.verdicts(A, seen) == ["", "Approval: "], "the yes is to the edited bytes alone"


def test_an_edited_version_that_is_refused_leaves_the_first(sitting: Sitting) -> None:
    sitting.refusal = "parses: syntax error on line 1"
    person, seen = sitting.of([A], Modify("a.py", b"def ("), Skip())
    assert seen == (A,)
    assert person.told == ["your version was refused: parses: syntax error on line 1"]
    assert [shown[2] for shown in person.shown] == [A.proposal.id] * 2
    assert sitting.verdicts(A) == [""]


def test_an_edit_changes_one_file_of_several() -> None:
    two = tickets.proposal(BASE, ("a.py", b"x\n", b"y\n"), ("b.py", b"x\n", b"y\n"))
    after = [edit.after for edit in edited(two, "b.py", b"z\n").change.edits]
    assert after == [b"y\n", b"z\n"]


def test_decisions_are_on_exactly_these_bytes(sitting: Sitting) -> None:
    sitting.of([A, B], Yes(), No())
    near = item("a", new=b"z\n")
    assert isinstance(sitting.bench.store.decision(A.proposal.change.digest), Approval)
    assert isinstance(sitting.bench.store.decision(B.proposal.change.digest), Rejection)
    assert sitting.bench.store.decision(near.proposal.change.digest) is None
