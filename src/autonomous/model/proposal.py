"""A proposed change, with what speaks for it and against it."""

import msgspec

from autonomous.model.change import ChangeSet
from autonomous.model.digest import Digest, digest_of
from autonomous.model.finding import Finding
from autonomous.model.kinds import Effort, Safety


class Proposal(msgspec.Struct, frozen=True):
    """One way to fix one finding. `alternative` counts the ways from 0, the preferred one first."""

    finding: Finding
    change: ChangeSet
    writer: str  # "rule AUT101", "person"
    safety: Safety
    title: str  # what the change does, imperative mood
    why: str  # what is wrong without it
    benefits: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()  # what a reviewer must mind; shown as "careful"
    effort: Effort = Effort.TRIVIAL
    alternative: int = 0

    @property
    def id(self) -> Digest:
        """Digest of finding and change: two ways to fix one finding have two ids."""
        return digest_of(self.finding.fingerprint.encode(), self.change.digest.encode())
