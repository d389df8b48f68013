"""Proposal to validated proposal: layers that can each refuse it, cheapest first, with their reasons."""

from collections.abc import Iterator
from typing import Final

from autonomous.model.check import Check, Verdict
from autonomous.model.journey import Dropped, Validated
from autonomous.model.kinds import StageName
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.analyzed import Analyzed
from autonomous.stages.checks.comments_kept import comments_kept
from autonomous.stages.checks.complexity import Complexity
from autonomous.stages.checks.finding_gone import finding_gone
from autonomous.stages.checks.imports_resolve import imports_resolve
from autonomous.stages.checks.nothing_new import nothing_new
from autonomous.stages.checks.parses import parses
from autonomous.stages.checks.promised_lines import only_promised_lines
from autonomous.stages.checks.reading import Reading, Rules
from autonomous.stages.checks.stable import stable
from autonomous.stages.checks.verdict import Checker

_EXPECTED: Final = ("types", "api", "format")


class Validator:
    """Proves that a change does what it says and nothing else.

    `rulebook` holds all rules, also those that were not asked for: a fix may not trade one fault for another.
    """

    def __init__(self, *, rulebook: Rules, complexity_limit: int = 20) -> None:
        self._reading = Reading(rulebook)
        self._own: tuple[Checker, ...] = (
            parses,
            finding_gone,
            nothing_new,
            stable,
            only_promised_lines,
            comments_kept,
            imports_resolve,
        )
        self._complexity: Checker = Complexity(complexity_limit)

    def __call__(self, item: Proposal, ports: Ports) -> Iterator[Validated | Dropped]:
        """Yield the proposal with its evidence, or `Dropped` at the first veto with the checks so far."""
        checks: list[Check] = []
        for checker in self._layers(ports):
            check = checker(item, ports, self._reading)
            checks.append(check)
            if check.verdict is Verdict.VETO:
                reason = f"{check.name}: {check.reason}"
                yield Dropped(item.finding, StageName.VALIDATOR, reason, item, tuple(checks))
                return
        yield Validated(item, tuple(checks))

    def _layers(self, ports: Ports) -> Iterator[Checker]:
        yield from self._own
        yield Analyzed("types")
        yield self._complexity
        others = (analyzer.name for analyzer in ports.change_analyzers if analyzer.name not in _EXPECTED)
        yield from map(Analyzed, ("api", "format", *others))
