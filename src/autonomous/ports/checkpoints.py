"""Exact checkpoints of a repository, kept outside of it."""

from typing import Protocol

from autonomous.model.checkpoint import Checkpoint, Restored


class Checkpoints(Protocol):
    """Makes, lists, restores and forgets checkpoints."""

    def create(self, *, workflow: str, reason: str) -> Checkpoint:
        """Record work tree, index, HEAD, refs and operation state byte for byte."""
        ...

    def list(self) -> tuple[Checkpoint, ...]:
        """Return all checkpoints, newest first."""
        ...

    def restore(self, checkpoint_id: str) -> Restored:
        """Bring the repository back to a checkpoint, after making one of the state as it is.

        Raises Refused when the id names none, or an operation such as a rebase is under way.
        """
        ...

    def prune(self, *, keep: int) -> int:
        """Forget all but the newest `keep` checkpoints and return the bytes that were freed."""
        ...
