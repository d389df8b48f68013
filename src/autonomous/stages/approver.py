"""Cleared to approved: by a decision that somebody took on exactly this change, or by the user's policy."""

from collections.abc import Iterator
from dataclasses import dataclass

from autonomous.model.check import Gate
from autonomous.model.journey import Approval, Approved, Cleared, Dropped, Rejection
from autonomous.model.kinds import StageName
from autonomous.ports import Ports

POLICY = "policy safe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approver:
    """Asks nobody: a person's answer is a row in the store, read through the port `decisions`.

    What only the policy said yes to in an earlier run counts in runs that use the policy, and in no other.
    """

    auto_approve_safe: bool

    def __call__(self, item: Cleared, ports: Ports) -> Iterator[Approved | Dropped]:
        """Yield the item's next ticket, or nothing while it waits for a person."""
        decision = ports.decisions.decision(item.proposal.change.digest)
        if isinstance(decision, Rejection):
            reason = f"refused by {decision.by}" + (f": {decision.reason}" if decision.reason else "")
            yield Dropped(item.proposal.finding, StageName.APPROVER, reason, item.proposal, item.evidence)
        elif isinstance(decision, Approval) and (decision.by != POLICY or self.auto_approve_safe):
            yield Approved(item, decision)
        elif self.auto_approve_safe and item.gate is Gate.AUTO:
            change = item.proposal.change.digest
            yield Approved(item, Approval(change, by=POLICY, at=ports.clock.now(), reason=item.gate_reason))
