"""Cyclomatic complexity (McCabe 1976, counted by radon): no function gets worse."""

from collections.abc import Iterator
from dataclasses import dataclass

from autonomous.model.change import FileEdit
from autonomous.model.check import Check
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import passed, python_edits, vetoed, warned

NAME = "complexity"


@dataclass(frozen=True, slots=True)
class Complexity:
    """Warns when a function gets more complex, vetoes when it also passes `limit` (radon's rank D starts at 21)."""

    limit: int = 20

    def __call__(self, proposal: Proposal, _ports: Ports, reading: Reading) -> Check:
        """Compare each function with itself before the change; a new one with an empty one."""
        for edit in python_edits(proposal):
            for name, old, new in self._worse(edit, reading):
                reason = f"{name} in {edit.path} gets more complex: {old} -> {new}"
                return (
                    vetoed(NAME, f"{reason}, above {self.limit}")
                    if new > self.limit
                    else warned(NAME, reason)
                )
        return passed(NAME, "no function gets more complex")

    def _worse(self, edit: FileEdit, reading: Reading) -> Iterator[tuple[str, int, int]]:
        before, after = (
            _complexities(edit.path, edit.before, reading),
            _complexities(edit.path, edit.after, reading),
        )
        grown = ((name, before.get(name, 1), new) for name, new in after.items() if new > before.get(name, 1))
        yield from sorted(grown, key=lambda row: -row[2])


def _complexities(path: str, data: bytes | None, reading: Reading) -> dict[str, int]:
    """Map "Class.function" to its complexity; of equal names the worst counts."""
    if data is None:
        return {}
    from radon.visitors import ComplexityVisitor

    visitor = ComplexityVisitor.from_ast(reading.source(path, data).tree)
    functions = [*visitor.functions, *(method for cls in visitor.classes for method in cls.methods)]
    found: dict[str, int] = {}
    for function in functions:
        found[function.fullname] = max(found.get(function.fullname, 0), function.complexity)
    return found
