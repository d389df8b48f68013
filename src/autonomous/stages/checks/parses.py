"""The first layer: Python reads every file of the change as it will be."""

from autonomous.analysis.source import SourceUnreadable
from autonomous.model.check import Check
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import passed, python_edits, vetoed

NAME = "parses"


def parses(proposal: Proposal, _ports: Ports, reading: Reading) -> Check:
    """Veto when a file after the change, or the one before it, cannot be parsed, or searched by the rules."""
    for edit in python_edits(proposal):
        for side, data in (("before", edit.before), ("after", edit.after)):
            try:
                if data is not None:
                    reading.findings(edit.path, data)
            except SourceUnreadable as fault:
                return vetoed(NAME, f"{edit.path} {side} the change: {fault.reason}")
    return passed(NAME, "Python reads the result")
