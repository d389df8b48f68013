"""Other tools' issues beside our own findings: the same fault is one finding."""

from collections.abc import Iterator, Sequence

import pytest
import tickets

from autonomous.model.finding import FileScan, Finding, Span
from autonomous.model.issue import Issue
from autonomous.model.kinds import Category, Severity
from autonomous.orchestrator.opinions import with_opinions
from autonomous.orchestrator.scanning import Tally
from autonomous.ports.analyzer import AnalysisFailed
from autonomous.ports.files import FileUnreadable

LINES = b"".join(b"line %d\n" % number for number in range(1, 21))


class Tool:
    """Reports these issues on every file, or gives up."""

    def __init__(self, name: str, *issues: Issue, gives_up: bool = False) -> None:
        self.name, self._issues, self._gives_up = name, issues, gives_up

    def issues(self, path: str, data: bytes) -> tuple[Issue, ...]:
        if self._gives_up:
            raise AnalysisFailed(self.name, path=path, reason="it crashed")
        return self._issues


class Tree:
    """One file that may be gone by now."""

    def __init__(self, data: bytes | None = LINES) -> None:
        self._data = data

    def paths(self, targets: Sequence[str] = ()) -> Iterator[str]:
        yield "a.py"

    def read(self, path: str) -> bytes:
        if self._data is None:
            raise FileUnreadable(path, "gone")
        return self._data

    def exists(self, path: str) -> bool:
        return self._data is not None


def issue(line: int, *, cwe: tuple[int, ...] = (78,), key: str = "k", tool: str = "bandit") -> Issue:
    span = Span(line, 1, line, 5)
    return Issue(tool, "B602", "shell\nmore", "a.py", span, Severity.HIGH, key, confidence=0.7, cwe=cwe)


def own(line: int, *, cwe: tuple[int, ...] = (78,), until: int = 0) -> Finding:
    return tickets.finding("a.py", line=line, cwe=cwe, span=Span(line, 1, until or line, 2))


def opinions(
    *tools: Tool, findings: Sequence[Finding] = (), tree: Tree | None = None, unreadable: str = ""
) -> tuple[list[Finding], Tally]:
    tally = Tally()
    scans = iter([FileScan("a.py", tuple(findings), unreadable=unreadable)])
    (scan,) = with_opinions(scans, analyzers=tools, files=tree or Tree(), tally=tally)
    return list(scan.findings), tally


def test_an_issue_becomes_a_finding_with_its_tools_name() -> None:
    (found,), tally = opinions(Tool("bandit", issue(3)))
    assert (found.rule, found.name, found.engine, found.title) == ("B602", "bandit", "bandit", "shell")
    assert (found.category, found.severity, found.confidence) == (Category.SECURITY, Severity.HIGH, 0.7)
    assert (found.excerpt, found.message, found.cwe) == (("line 3",), "shell\nmore", (78,))
    assert tally.findings == 1


@pytest.mark.parametrize(
    ("mine", "theirs", "one"),
    [
        (own(5), issue(5), True),
        (own(5), issue(4), True),
        (own(5), issue(6), True),
        (own(5), issue(7), False),
        (own(5), issue(3), False),
        (own(5, until=9), issue(10), True),
        (own(5), issue(5, cwe=(89,)), False),
        (own(5, cwe=(89, 78)), issue(5), True),
        (own(5, cwe=()), issue(5), True),
        (own(5), issue(5, cwe=()), True),
    ],
    ids=[
        "same line", "line above", "line below", "two below", "two above", "below its last line",
        "another weakness", "one weakness in common", "own without", "theirs without",
    ],
)  # fmt: skip
def test_what_our_own_rules_saw_is_not_said_twice(mine: Finding, theirs: Issue, one: bool) -> None:
    found, tally = opinions(Tool("bandit", theirs), findings=[mine])
    assert (len(found) == 1) is one
    assert mine in found
    assert tally.findings == (0 if one else 1)


def test_two_tools_that_agree_are_one_finding() -> None:
    found, _ = opinions(Tool("bandit", issue(3)), Tool("other", issue(3, tool="other")))
    assert [each.engine for each in found] == ["bandit"]


def test_equal_issues_are_told_apart_and_survive_lines_above() -> None:
    before, _ = opinions(Tool("bandit", issue(3), issue(9)))
    after, _ = opinions(Tool("bandit", issue(5), issue(11)))
    assert len({each.fingerprint for each in before}) == 2
    assert [each.fingerprint for each in before] == [each.fingerprint for each in after]


def test_findings_stay_in_order_of_their_places() -> None:
    found, _ = opinions(Tool("bandit", issue(9), issue(2)), findings=[own(5, cwe=(1,))])
    assert [each.span.line for each in found] == [2, 5, 9]


def test_a_place_outside_of_the_file_has_no_line() -> None:
    found, _ = opinions(Tool("bandit", issue(99)))
    assert found[0].excerpt == ()


def test_a_tool_that_gives_up_is_an_opinion_less() -> None:
    found, _ = opinions(Tool("bandit", gives_up=True), Tool("other", issue(3)), findings=[own(9)])
    assert [each.span.line for each in found] == [3, 9]


def test_what_was_found_counts_though_the_file_is_gone_by_now() -> None:
    found, tally = opinions(Tool("bandit", issue(3)), findings=[own(5)], tree=Tree(None))
    assert [each.span.line for each in found] == [5]
    assert tally.findings == 0


def test_nobody_judges_what_could_not_be_read() -> None:
    found, _ = opinions(Tool("bandit", issue(3)), unreadable="syntax error on line 1")
    assert found == []


def test_a_fault_that_the_rule_names_is_the_same_whatever_its_weakness_is_called() -> None:
    mine, theirs = own(5, cwe=(95,)), issue(5, cwe=(78,))
    tally = Tally()
    scans = iter([FileScan("a.py", (mine,))])
    (scan,) = with_opinions(
        scans,
        analyzers=[Tool("bandit", theirs)],
        files=Tree(),
        tally=tally,
        same_as={mine.rule: ["bandit B602"]},
    )
    assert scan.findings == (mine,)
