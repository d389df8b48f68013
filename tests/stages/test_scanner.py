"""Files in, findings out: nothing that one file holds ends the scan, and ignores are judged when asked."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import repositories
from workbench import Clock, shipped

from autonomous.adapters.files.directory import DirectoryFiles
from autonomous.model.finding import FileScan, Finding, Target
from autonomous.model.kinds import Category, Severity
from autonomous.ports import Ports
from autonomous.ports.decisions import NoDecisions
from autonomous.stages.ignores import BARE, IGNORE_RULES, UNUSED
from autonomous.stages.scanner import Scanner

NOT_IN = '"""M."""\n\n\ndef f(a, b):\n    """F."""\n    return not a in b\n'
BOTH = frozenset(rule.id for rule in IGNORE_RULES)


def scan(root: Path, target: Target | None = None, ignores: frozenset[str] = frozenset()) -> list[FileScan]:
    files = DirectoryFiles(root, max_bytes=10_000, report=[].append)
    ports = Ports(files=files, clock=Clock(), decisions=NoDecisions())
    return list(Scanner(shipped(), ignores=ignores)(target or Target(), ports))


def of_ignores(root: Path, text: str, ignores: frozenset[str] = BOTH) -> Sequence[Finding]:
    repositories.write(root, {"a.py": text})
    (only,) = scan(root, ignores=ignores)
    return [found for found in only.findings if found.rule in BOTH]


def test_files_come_in_order_and_none_stops_the_others(tmp_path: Path) -> None:
    broken = {"b.py": "def (", "c.py": b"x = '\xff'\n", "d.py": "x = 1\n" * 2_000, "e.py": b"x\0"}
    repositories.write(tmp_path, {"a.py": NOT_IN, "z/last.py": NOT_IN, **broken})
    scans = scan(tmp_path)
    assert [each.path for each in scans] == ["a.py", "b.py", "c.py", "d.py", "e.py", "z/last.py"]
    assert [bool(each.unreadable) for each in scans] == [False, True, True, True, True, False]
    assert scans[1].unreadable == "syntax error on line 1: invalid syntax"
    assert [found.name for found in scans[-1].findings] == ["not-in"]


def test_only_the_lines_of_a_diff_are_looked_at(tmp_path: Path) -> None:
    repositories.write(tmp_path, {"a.py": NOT_IN, "b.py": NOT_IN, "c.py": NOT_IN})
    scans = scan(tmp_path, Target(lines={"a.py": ((6, 6),), "b.py": ((1, 5), (7, 9))}))
    assert [(each.path, len(each.findings)) for each in scans] == [("a.py", 1), ("b.py", 0)]


def test_what_a_comment_silences_is_counted(tmp_path: Path) -> None:
    line = "    return not a in b  # autonomous: ignore[not-in] because it reads better"
    text = NOT_IN.replace("    return not a in b", line)
    repositories.write(tmp_path, {"a.py": text})
    (only,) = scan(tmp_path, ignores=BOTH)
    assert (only.findings, only.suppressed, only.unused_ignores) == ((), 1, ())


def test_an_ignore_that_silences_nothing_is_a_finding(tmp_path: Path) -> None:
    text = NOT_IN.replace("not a in b", "a not in b  # autonomous: ignore[not-in] because old")
    (found,) = of_ignores(tmp_path, text)
    assert (found.rule, found.name, found.severity) == (UNUSED.id, "unused-ignore", Severity.LOW)
    assert found.category is Category.STYLE
    assert (found.span.line, found.span.column, found.symbol) == (6, 24, "f")
    assert found.excerpt == ("    return a not in b  # autonomous: ignore[not-in] because old",)
    assert found.excerpt[0][found.span.column - 1 : found.span.end_column - 1].startswith("# autonomous")
    assert found.fix is None


def test_an_ignore_without_a_reason_is_one_when_reasons_are_asked_for(tmp_path: Path) -> None:
    text = NOT_IN.replace("not a in b", "not a in b  # autonomous: ignore[not-in]")
    assert of_ignores(tmp_path, text, frozenset({UNUSED.id})) == []
    (found,) = of_ignores(tmp_path, text)
    assert (found.rule, found.name, found.severity) == (BARE.id, "ignore-without-reason", Severity.INFO)


def test_nobody_asked_about_ignores(tmp_path: Path) -> None:
    assert of_ignores(tmp_path, "x = 1  # autonomous: ignore[AUT999]\n", frozenset()) == []


def test_lines_above_do_not_change_who_it_is(tmp_path: Path) -> None:
    comment = "# autonomous: ignore[AUT999] because old\n"
    text = f'"""M."""\n{comment}x = 1\n{comment}y = 2\n\n\nclass C:\n    """C."""\n\n    {comment}    z = 3\n'
    before = [found.fingerprint for found in of_ignores(tmp_path, text)]
    after = of_ignores(tmp_path, text.replace('"""M."""\n', '"""M."""\n\nimport os\n\nprint(os)\n'))
    assert len(set(before)) == 3, "equal comments are told apart"
    assert [found.fingerprint for found in after] == before
    assert [found.symbol for found in after] == ["", "", "C"]


def test_two_faults_of_one_comment_are_two_findings_in_order_of_place(tmp_path: Path) -> None:
    two = "x = 1  # autonomous: ignore[AUT999] # autonomous: ignore[AUT998]\n"
    found = of_ignores(tmp_path, f'"""M."""\n{two}')
    assert [each.rule for each in found] == [UNUSED.id, BARE.id]


@pytest.mark.parametrize(("lines", "seen"), [(((2, 2),), 1), (((3, 9),), 0)])
def test_ignores_outside_a_diff_are_left_out(
    tmp_path: Path, lines: tuple[tuple[int, int], ...], seen: int
) -> None:
    repositories.write(tmp_path, {"a.py": '"""M."""\nx = 1  # autonomous: ignore[AUT999] because\ny = 2\n'})
    (only,) = scan(tmp_path, Target(lines={"a.py": lines}), frozenset({UNUSED.id}))
    assert len(only.findings) == seen
