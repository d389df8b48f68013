"""A change does not edit the tests that judge it."""

from pathlib import PurePosixPath

from autonomous.model.check import Check
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import passed, vetoed, warned

NAME = "tests-untouched"


def tests_untouched(proposal: Proposal, _ports: Ports, _reading: Reading) -> Check:
    """Veto code and its tests in one change; a finding in a test may be mended there, with a person's yes."""
    tests = [path for path in proposal.change.paths if is_test(path)]
    if not tests:
        return passed(NAME, "the tests that judge it stay as they are")
    if proposal.change.paths != (proposal.finding.path,):
        return vetoed(NAME, f"{tests[0]} is a test and would judge the rest of this change")
    return warned(NAME, f"{tests[0]} is a test: it judges the code, and a person judges it")


def is_test(path: str) -> bool:
    """Tell whether the file belongs to the tests, by pytest's and unittest's habits."""
    pure = PurePosixPath(path)
    by_name = (
        pure.name.startswith("test_")
        or pure.stem.endswith("_test")
        or pure.name in {"conftest.py", "tests.py"}
    )
    return by_name or not {"test", "tests", "testing"}.isdisjoint(pure.parts[:-1])
