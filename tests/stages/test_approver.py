"""Who says yes: the store for exactly this change, or the policy; nobody else, and nothing by default."""

from collections.abc import Callable

import pytest
import tickets
from workbench import Clock, Workbench

from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.check import Gate
from autonomous.model.digest import Digest
from autonomous.model.errors import ApprovedSomethingElse
from autonomous.model.journey import Approval, Approved, Decision, Dropped, Rejection
from autonomous.model.kinds import StageName
from autonomous.ports import Ports
from autonomous.stages.approver import POLICY, Approver

BASE = "b" * 40
ITEM = tickets.cleared(BASE, ("a.py", b"x\n", b"y\n"))
AUTO = tickets.cleared(BASE, ("a.py", b"x\n", b"y\n"), gate=Gate.AUTO)
CHANGE = ITEM.proposal.change.digest
NEAR = ChangeSet(BASE, (FileEdit("a.py", b"x\n", b"z\n"),)).digest  # one byte beside


class Answering:
    """Gives the same answer whatever it is asked about."""

    def __init__(self, answer: Decision | None) -> None:
        self.answer = answer

    def decision(self, change: Digest) -> Decision | None:
        return self.answer


def ends(item, answer: Decision | None = None, *, safe: bool = False) -> list:
    ports = Ports(files=None, clock=Clock(), decisions=Answering(answer))
    return list(Approver(auto_approve_safe=safe)(item, ports))


def test_nobody_decided() -> None:
    assert ends(ITEM) == []
    assert ends(ITEM, safe=True) == [], "the gate asks for a person"
    assert ends(AUTO) == [], "the policy was not asked for"


def test_a_yes_to_exactly_this() -> None:
    yes = Approval(CHANGE, "ada", tickets.NOW)
    assert ends(ITEM, yes) == [Approved(ITEM, yes)]


def test_a_yes_to_something_else_opens_nothing() -> None:
    with pytest.raises(ApprovedSomethingElse) as refused:
        ends(ITEM, Approval(NEAR, "ada", tickets.NOW))
    assert (refused.value.approved, refused.value.found) == (NEAR, CHANGE)
    with pytest.raises(ApprovedSomethingElse):
        ends(AUTO, Approval(NEAR, "ada", tickets.NOW), safe=True)


@pytest.mark.parametrize(("why", "said"), [("", "refused by ada"), ("no", "refused by ada: no")])
def test_a_no_keeps_its_reason(why: str, said: str) -> None:
    (dropped,) = ends(AUTO, Rejection(CHANGE, "ada", tickets.NOW, why), safe=True)
    assert isinstance(dropped, Dropped), "a no is stronger than the policy"
    assert (dropped.stage, dropped.reason) == (StageName.APPROVER, said)
    assert dropped.checks == ITEM.evidence


def test_the_policy_names_the_change_and_its_reason() -> None:
    (ticket,) = ends(AUTO, safe=True)
    assert isinstance(ticket, Approved)
    assert (ticket.approval.change, ticket.approval.by) == (CHANGE, POLICY)
    assert ticket.approval.reason == AUTO.gate_reason


@pytest.mark.parametrize("safe", [True, False])
def test_what_the_policy_said_before_counts_only_where_it_is_asked(safe: bool) -> None:
    before = Approval(CHANGE, by=POLICY, at=tickets.NOW)
    assert len(ends(AUTO, before, safe=safe)) == safe


def test_the_store_answers_for_one_digest_alone(bench: Callable[..., Workbench]) -> None:
    shop = bench({"a.py": "x\n"})
    shop.store.save_decision(Approval(NEAR, "ada", tickets.NOW))
    stage, ports = Approver(auto_approve_safe=False), shop.ports_at(shop.base)
    assert list(stage(ITEM, ports)) == []
    shop.store.save_decision(Approval(CHANGE, "ada", tickets.NOW))
    assert len(list(stage(ITEM, ports))) == 1
