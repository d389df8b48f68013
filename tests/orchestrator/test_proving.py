"""From findings to cleared changes: the worst first, refusals with their reason, overlaps for later."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import msgspec
import pytest
import tickets
from workbench import Workbench, shipped

from autonomous.model.change import ChangeSet
from autonomous.model.check import Check, Verdict
from autonomous.model.event import EventKind
from autonomous.model.finding import Finding, Span, Target
from autonomous.model.issue import Analysis
from autonomous.model.journey import Cleared, Dropped
from autonomous.model.kinds import Severity, StageName
from autonomous.model.proposal import Proposal
from autonomous.orchestrator.proving import (
    Proved,
    judge,
    propose_phase,
    prove_phase,
    without_overlaps,
)
from autonomous.ports import Ports
from autonomous.stages.proposer import Proposer
from autonomous.stages.scanner import Scanner

Make = Callable[..., Workbench]
BASE = "b" * 40
TEXT = b"one\ntwo\nthree\nfour\nfive\n"
NOT_IN = 'def f(a, b):\n    """F."""\n    return not a in b\n'
WEAK = 'import hashlib\n\n\ndef d(data):\n    """D."""\n    return hashlib.md5(data).hexdigest()\n'


def one(
    old: bytes, new: bytes, *, severity: Severity = Severity.LOW, lines: int = 1, path: str = "a.py"
) -> Proved:
    start = TEXT[: TEXT.index(old)].count(b"\n") + 1
    found = tickets.finding(
        path, line=start, mark=new.decode(), severity=severity, span=Span(start, 1, start + lines - 1, 9)
    )
    return Proved(tickets.cleared(BASE, (path, TEXT, TEXT.replace(old, new)), of=found))


def test_changes_that_do_not_meet_all_fit_in_their_order() -> None:
    proved = [one(b"five", b"5"), one(b"one", b"1"), one(b"one", b"1", path="b.py")]
    assert without_overlaps(proved) == (tuple(proved), ())


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_that_meet_the_more_severe_goes_first(order: int) -> None:
    mild, bad = one(b"two", b"2"), one(b"two\nthree", b"2\n3", severity=Severity.HIGH)
    assert without_overlaps([mild, bad][::order]) == ((bad,), (mild,))


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_as_severe_the_outermost_goes_first(order: int) -> None:
    inner, outer = one(b"two", b"2"), one(b"two\nthree\nfour", b"234", lines=3)
    assert without_overlaps([inner, outer][::order]) == ((outer,), (inner,))


def test_the_same_replacement_twice_meets_the_same_import_twice_does_not() -> None:
    first, second = one(b"two", b"2"), one(b"two", b"2", severity=Severity.MEDIUM)
    assert without_overlaps([first, second]) == ((second,), (first,))
    both = [one(b"one", b"import re\none"), one(b"one", b"import re\none", severity=Severity.HIGH)]
    assert without_overlaps(both) == (tuple(both), ())


def test_what_waits_blocks_nobody() -> None:
    bad = one(b"two", b"2", severity=Severity.HIGH)
    wide = one(b"two\nthree\nfour", b"234", lines=3)
    last = one(b"four", b"4")
    assert without_overlaps([wide, last, bad]) == ((last, bad), (wide,))


def scanned(bench: Workbench) -> list[Finding]:
    scans = Scanner(shipped())(Target(), bench.ports_at(bench.base))
    return [found for each in scans for found in each.findings]


def test_the_worst_come_first_and_the_limit_counts_findings(bench: Make) -> None:
    load = 'import yaml\n\n\ndef d(text):\n    """D."""\n    return yaml.load(text)\n'
    shop = bench({"a.py": WEAK, "b.py": NOT_IN, "c.py": NOT_IN, "z.py": load})
    run = shop.run()
    proposer, ports = Proposer(shipped(), shop.base), shop.ports_at(shop.base)
    made, dropped = propose_phase(run, scanned(shop), proposer=proposer, ports=ports, limit=3)
    assert [(each.finding.path, each.alternative) for each in made] == [
        ("z.py", 0),
        ("a.py", 0),
        ("a.py", 1),
        ("b.py", 0),
    ]
    assert [(each.finding.path, each.reason) for each in dropped] == [
        ("c.py", "beyond the limit of 3 changes for this run")
    ]
    assert shop.store.outcomes(run.workflow.id) == dropped
    assert set(shop.store.proposals_for(made[0].finding.id)) == {made[0]}
    assert shop.messages[-1].payload["summary"] == "3 changes by rule   1 finding left to you"


class Vetoing:
    """A validator that refuses the changes with these contents."""

    def __init__(self, *bad: bytes) -> None:
        self.bad, self.asked = bad, 0

    def __call__(self, item: Proposal, ports: Ports) -> Iterator[Dropped]:
        self.asked += 1
        reason = f"parses: not {self.asked}"
        veto = (Check("parses", Verdict.VETO, "no"),)
        yield Dropped(item.finding, StageName.VALIDATOR, reason, item, veto)


def proposals(bench: Workbench) -> Sequence[Proposal]:
    proposer = Proposer(shipped(), bench.base)
    made = (each for found in scanned(bench) for each in proposer(found, bench.ports_at(bench.base)))
    return [each for each in made if isinstance(each, Proposal)]


def test_a_finding_whose_ways_are_all_refused_is_dropped_with_the_first_reason(bench: Make) -> None:
    shop = bench({"z.py": WEAK})
    run, ways = shop.run(), proposals(shop)
    assert len(ways) == 2
    crew = replace(shop.crew(), validator=Vetoing())
    proved, refused = prove_phase(run, ways, crew=crew, ports=shop.ports_at(shop.base))
    assert proved == ()
    assert [(each.reason, each.proposal) for each in refused] == [("parses: not 1", ways[0])]
    assert shop.store.outcomes(run.workflow.id) == refused
    assert shop.store.cleared(ways[0].id) is None
    told = [m for m in shop.messages if m.kind is EventKind.VALIDATION_RESULT]
    assert [(m.sender, m.payload["passed"]) for m in told] == [("validator", False)] * 2
    (ended,) = [m for m in shop.messages if m.kind is EventKind.PHASE_ENDED]
    assert ended.payload["summary"] == "1 refused"


def test_a_verdict_is_kept_and_not_asked_for_twice(bench: Make) -> None:
    shop = bench({"a.py": NOT_IN})
    run, (way,) = shop.run(), proposals(shop)
    ports = shop.ports_at(shop.base)
    verdict = judge(run, way, crew=shop.crew(), ports=ports)
    assert isinstance(verdict, Cleared)
    nobody = Vetoing()
    again = judge(shop.run(), way, crew=replace(shop.crew(), validator=nobody), ports=ports)
    assert again == verdict
    assert nobody.asked == 0


def test_a_refusal_of_the_security_validator_names_its_sender(bench: Make) -> None:
    shop = bench({"a.py": NOT_IN})
    run, (way,) = shop.run(), proposals(shop)
    (edit,) = way.change.edits
    worse = msgspec.structs.replace(
        edit, after=b'import os\n\n\ndef f(a, b):\n    """F."""\n    os.system(a)\n'
    )
    change = msgspec.structs.replace(way.change, edits=(worse,))
    verdict = judge(
        run, msgspec.structs.replace(way, change=change), crew=shop.crew(), ports=shop.ports_at(shop.base)
    )
    assert isinstance(verdict, Dropped)
    assert shop.messages[-1].sender == str(verdict.stage)
    assert shop.messages[-1].payload == {"passed": False, "reason": verdict.reason}


def test_nothing_to_validate_is_said(bench: Make) -> None:
    shop = bench({"a.py": "x = 1\n"})
    run = shop.run()
    assert prove_phase(run, [], crew=shop.crew(), ports=shop.ports_at(shop.base)) == ((), ())
    assert shop.messages[-1].payload["summary"] == "nothing to validate"


class Preparing:
    """A tool that is told of all changes before it judges the first one."""

    name = "types"

    def __init__(self) -> None:
        self.heard: list[object] = []

    def prepare(self, changes: Sequence[ChangeSet], files: object) -> None:
        self.heard.append(tuple(change.digest for change in changes))

    def compare(self, change: ChangeSet, files: object) -> Analysis:
        self.heard.append(change.digest)
        return Analysis()


def test_tools_hear_of_all_changes_before_the_first_is_judged(bench: Make) -> None:
    shop = bench({"a.py": NOT_IN, "b.py": NOT_IN})
    tool, ways = Preparing(), proposals(shop)
    ports = replace(shop.ports_at(shop.base), change_analyzers=(tool,))
    proved, _ = prove_phase(shop.run(), ways, crew=shop.crew(), ports=ports)
    assert len(proved) == 2
    digests = tuple(way.change.digest for way in ways)
    assert tool.heard == [digests, *digests]
