"""What waits for an answer now: cleared changes whose files are still what they were made for."""

from collections.abc import Iterator, Sequence

from autonomous.model.journey import Approval, Approved, Cleared
from autonomous.orchestrator.proving import Proved
from autonomous.ports.files import Files
from autonomous.ports.store import Store
from autonomous.stages.compose import contents_of


def waiting_now(store: Store, *, head: Files) -> tuple[Proved, ...]:
    """Return what waits, one entry a finding, in the order it came; stale changes are left out."""
    by_finding: dict[str, list[Cleared]] = {}
    for item in store.waiting():
        if current(item, head):
            by_finding.setdefault(item.proposal.finding.fingerprint, []).append(item)
    return tuple(Proved(items[0], tuple(items[1:])) for items in map(_newest, by_finding.values()))


def approved_now(store: Store, *, head: Files) -> tuple[Approved, ...]:
    """Return what was approved and has not come to an end, as long as its files are what they were."""
    approvals = ((item, store.decision(item.proposal.change.digest)) for item in store.approved())
    return tuple(
        Approved(item, decision)
        for item, decision in approvals
        if isinstance(decision, Approval) and current(item, head)
    )


def current(item: Cleared, head: Files) -> bool:
    """Tell whether every file of the change is in `head` what it was when the change was made."""
    return all(contents_of(edit.path, head) == edit.before for edit in item.proposal.change.edits)


def _newest(items: Sequence[Cleared]) -> list[Cleared]:
    """Keep the ways that were made on the newest base, the preferred one first."""
    base = items[-1].proposal.change.base
    return sorted(_on(items, base), key=lambda item: item.proposal.alternative)


def _on(items: Sequence[Cleared], base: str) -> Iterator[Cleared]:
    return (item for item in items if item.proposal.change.base == base)
