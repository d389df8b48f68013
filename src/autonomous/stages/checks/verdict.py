"""What a checker is, and how it says what it found."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from autonomous.model.change import FileEdit
from autonomous.model.check import Check, Verdict
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.reading import Reading

Checker: TypeAlias = Callable[[Proposal, Ports, Reading], Check]
"""One layer: it reads a proposal and says pass, warn, veto or unknown; it changes nothing and never raises."""

_SHOWN = 3


def passed(name: str, reason: str) -> Check:
    """Build a verdict that speaks for the change."""
    return Check(name, Verdict.PASS, reason)


def warned(name: str, reason: str, *, breaking: bool = False) -> Check:
    """Build a verdict that lowers the scores."""
    return Check(name, Verdict.WARN, reason, breaking=breaking)


def vetoed(name: str, reason: str, *, breaking: bool = False) -> Check:
    """Build a verdict that ends the proposal."""
    return Check(name, Verdict.VETO, reason, breaking=breaking)


def unknown(name: str, reason: str) -> Check:
    """Build a verdict for what could not be judged."""
    return Check(name, Verdict.UNKNOWN, reason)


def by_person(proposal: Proposal) -> bool:
    """Tell whether a person wrote this version of the change."""
    return proposal.writer.startswith("person")


def is_python(path: str) -> bool:
    """Tell whether the file is Python source or a stub, by its name."""
    return path.endswith((".py", ".pyi"))


def python_edits(proposal: Proposal) -> Iterator[FileEdit]:
    """Yield the edits of Python files, in order."""
    return (edit for edit in proposal.change.edits if is_python(edit.path))


def named(items: tuple[str, ...]) -> str:
    """Join the first few of `items` for a sentence and count the rest."""
    rest = len(items) - _SHOWN
    return "; ".join(items[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
