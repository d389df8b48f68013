"""Decisions that people or the policy took, looked up by the digest of the change."""

from typing import Protocol

from autonomous.model.digest import Digest
from autonomous.model.journey import Decision


class Decisions(Protocol):
    """A person's yes or no is a row in the store, not a callback."""

    def decision(self, change: Digest) -> Decision | None:
        """Return the newest decision on exactly this change, or None."""
        ...


class NoDecisions:
    """`Decisions` where nobody decides anything: a scan."""

    def decision(self, change: Digest) -> Decision | None:  # noqa: ARG002 - the port's signature
        """Return None."""
        return None
