"""Validated to cleared: the change brings nothing dangerous, and scores say who may decide."""

from collections.abc import Iterator

from autonomous.model.check import Check, Gate, Verdict
from autonomous.model.journey import Cleared, Dropped, Validated
from autonomous.model.kinds import StageName
from autonomous.model.workflow import Limits
from autonomous.ports import Ports
from autonomous.ports.analyzer import FileAnalyzer
from autonomous.stages.checks.dangerous_calls import dangerous_calls
from autonomous.stages.checks.letters import letters
from autonomous.stages.checks.nothing_new import security_rules
from autonomous.stages.checks.parses import parses
from autonomous.stages.checks.path_policy import path_policy
from autonomous.stages.checks.reading import Reading, Rules
from autonomous.stages.checks.second_opinion import SecondOpinion
from autonomous.stages.checks.size import Size
from autonomous.stages.checks.tests_untouched import tests_untouched
from autonomous.stages.checks.verdict import Checker, unknown
from autonomous.stages.scoring import Policy, gate, scores


class SecurityValidator:
    """Assumes that whoever wrote the change is an attacker, whatever the proposal says about itself."""

    def __init__(
        self, *, rulebook: Rules, policy: Policy | None = None, limits: Limits | None = None
    ) -> None:
        self._reading = Reading(rulebook)
        self._policy = policy or Policy()
        self._own: tuple[Checker, ...] = (
            path_policy,
            tests_untouched,
            Size((limits or Limits()).changed_lines),
            letters,
            dangerous_calls,
            security_rules,
        )
        self._opinions: dict[str, SecondOpinion] = {}

    def __call__(self, item: Validated, ports: Ports) -> Iterator[Cleared | Dropped]:
        """Yield the change with scores and gate, or `Dropped` for a veto or a rejecting gate."""
        proposal, checks = item.proposal, list[Check]()
        broken = parses(proposal, ports, self._reading)
        if broken.verdict is Verdict.VETO:
            reason = f"{broken.name}: {broken.reason}"
            yield Dropped(
                proposal.finding, StageName.SECURITY_VALIDATOR, reason, proposal, (*item.checks, broken)
            )
            return
        for checker in self._layers(ports):
            check = checker(proposal, ports, self._reading)
            checks.append(check)
            if check.verdict is Verdict.VETO:
                break
        made = scores(
            proposal, quality=item.checks, security=checks, core=self._policy.is_core(proposal.change.paths)
        )
        evidence = (*item.checks, *checks)
        where, why = gate(proposal, evidence, made, self._policy)
        if where is Gate.REJECT:
            yield Dropped(proposal.finding, StageName.SECURITY_VALIDATOR, why, proposal, evidence)
        else:
            yield Cleared(item, tuple(checks), made, where, why)

    def _layers(self, ports: Ports) -> Iterator[Checker]:
        yield from self._own
        yield from map(self._opinion, ports.file_analyzers)
        if not ports.file_analyzers:
            yield _no_second_opinion

    def _opinion(self, analyzer: FileAnalyzer) -> SecondOpinion:
        return self._opinions.setdefault(analyzer.name, SecondOpinion(analyzer))


def _no_second_opinion(*_: object) -> Check:
    return unknown("second-opinion", "no other security analyzer is set up")
