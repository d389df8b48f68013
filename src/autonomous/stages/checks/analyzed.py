"""What mypy, griffe, the project's formatter and others that are plugged in say about the change."""

from dataclasses import dataclass

from autonomous.model.check import Check, Verdict
from autonomous.model.issue import Issue
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import named, passed, unknown

_VERDICTS = {"types": Verdict.VETO}
_GOOD_NEWS = {
    "types": "no new type error",
    "api": "public interface unchanged",
    "format": "formatted as before",
}


@dataclass(frozen=True, slots=True)
class Analyzed:
    """Asks the analyzer called `name`; a new type error is a veto, anything else a warning."""

    name: str

    def __call__(self, proposal: Proposal, ports: Ports, _reading: Reading) -> Check:
        """Turn the analyzer's answer into a verdict."""
        analyzer = next((one for one in ports.change_analyzers if one.name == self.name), None)
        if analyzer is None:
            return unknown(self.name, "not checked: no such analyzer is set up")
        analysis = analyzer.compare(proposal.change, ports.files)
        if analysis.new:
            verdict = _VERDICTS.get(self.name, Verdict.WARN)
            reason = named(tuple(map(_words, analysis.new)))
            return Check(self.name, verdict, reason, breaking=any(issue.breaking for issue in analysis.new))
        if analysis.unknown:
            return unknown(self.name, analysis.unknown)
        good = _GOOD_NEWS.get(self.name, f"{self.name} reports nothing new")
        return passed(self.name, f"{good}, {analysis.gone} fewer than before" if analysis.gone else good)


def _words(issue: Issue) -> str:
    code = f" [{issue.code}]" if issue.code else ""
    return f"{issue.path}:{issue.span.line} {issue.message}{code}"
