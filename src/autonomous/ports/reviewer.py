"""A person who looks at a cleared change and answers."""

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import msgspec

from autonomous.model.journey import Cleared


class Yes(msgspec.Struct, frozen=True):
    """Apply this change."""

    reason: str = ""


class No(msgspec.Struct, frozen=True):
    """Do not apply it, with a reason that is kept."""

    reason: str = ""


class Modify(msgspec.Struct, frozen=True):
    """The person wrote another version of the file; it is validated again and asked about again."""

    path: str
    after: bytes


class Alternative(msgspec.Struct, frozen=True):
    """Show the next other way to fix the same finding."""


class AllOfRule(msgspec.Struct, frozen=True):
    """Yes to this one and to every other waiting change of the same rule."""


class Skip(msgspec.Struct, frozen=True):
    """Leave it waiting."""


class Quit(msgspec.Struct, frozen=True):
    """Leave this one and all that follow waiting."""


Answer: TypeAlias = Yes | No | Modify | Alternative | AllOfRule | Skip | Quit


class Reviewer(Protocol):
    """Asks one question at a time."""

    def ask(self, item: Cleared, *, position: int, total: int, alternatives: Sequence[Cleared]) -> Answer:
        """Show the change with its evidence and return the answer."""
        ...

    def tell(self, text: str) -> None:
        """Say something about the item at hand, such as why an edited version was refused."""
        ...
