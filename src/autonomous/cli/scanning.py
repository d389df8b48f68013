"""Scanning for a person or a program: what `scan` and `security-scan` share."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from autonomous.cli.options import Format
from autonomous.cli.session import answer, opened, screens, wants_json
from autonomous.model.errors import AutonomousError, ExitCode
from autonomous.model.finding import FileScan, Finding, ScanSummary, Target, Unreadable
from autonomous.model.kinds import Category, Severity
from autonomous.orchestrator.scanning import Tally, scan
from autonomous.ports import Ports
from autonomous.ports.decisions import NoDecisions
from autonomous.rulebook.book import Rulebook
from autonomous.stages.scanner import Scanner
from autonomous.targets import below
from autonomous.workspace import Workspace

if TYPE_CHECKING:
    from autonomous.cli.render.findings import FindingsScreen


def show_scan(
    wanted: Sequence[str],
    *,
    categories: Sequence[Category] = (),
    rules: Sequence[str] = (),
    minimum: Severity | None = None,
    second_opinions: bool = False,
    strict: bool = False,
    form: Format = Format.TEXT,
) -> int:
    """Scan, print what is found as it comes, remember it, and return the exit code."""
    with opened(wanted) as space:
        book = space.rules.active(categories=categories, rules=rules, minimum=minimum)
        began, tally, findings = space.clock.steady(), Tally(), list[Finding]()
        screen = None if wants_json(form) else _screen(space, book, wanted)
        judged = space.rules.ignores(strict=strict, categories=categories, minimum=minimum)
        scanner = Scanner(book, ignores=frozenset() if rules else judged)
        for found in _scans(space, scanner, _target(space, wanted), second=second_opinions, tally=tally):
            findings += found.findings
            if screen is not None:
                screen.file(found.path, found.findings)
        tally.unreadable += [Unreadable(problem.path, problem.reason) for problem in space.problems]
        summary = tally.summary(seconds=space.clock.steady() - began)
        if screen is not None:
            screen.summary(summary)
        else:
            _document(wanted, findings, summary)
        _remember(space, findings)
        threshold = Severity.INFO if strict else space.settings.fail_on
    return exit_code(findings, summary, threshold)


def exit_code(findings: Sequence[Finding], summary: ScanSummary, threshold: Severity) -> int:
    """Return what the process says: an incomplete scan is never a silent 0."""
    if summary.unreadable:
        return ExitCode.INCOMPLETE
    over = any(finding.severity.at_least(threshold) for finding in findings)
    return ExitCode.FINDINGS if over else ExitCode.OK


def _screen(space: Workspace, book: Rulebook, wanted: Sequence[str]) -> "FindingsScreen":
    from autonomous.cli.render.findings import FindingsScreen

    titles = {rule.id: rule.fixes[0].title for rule in book.rules if rule.fixes}
    return FindingsScreen(
        *screens(), targets=wanted, fix_titles=titles, repository=space.git_root is not None
    )


def _target(space: Workspace, wanted: Sequence[str]) -> Target:
    paths = below(space.root, [name for name in wanted if name != "-"])
    if "-" not in wanted:
        return Target(paths)
    from autonomous.cli.diff_input import changed_lines

    return changed_lines(sys.stdin.buffer.read(), below=paths)


def _scans(
    space: Workspace, scanner: Scanner, target: Target, *, second: bool, tally: Tally
) -> Iterator[FileScan]:
    ports = Ports(files=space.disk, clock=space.clock, decisions=NoDecisions())
    scans = scan(target, scanner=scanner, ports=ports, tally=tally)
    if not second:
        return scans
    from autonomous.equipment import file_analyzers
    from autonomous.orchestrator.opinions import with_opinions

    same_as = {rule.id: rule.data.same_as for rule in scanner.rulebook.rules}
    return with_opinions(
        scans, analyzers=file_analyzers(space), files=ports.files, tally=tally, same_as=same_as
    )


def _document(wanted: Sequence[str], findings: Sequence[Finding], summary: ScanSummary) -> None:
    from autonomous.cli.render.json_types import ScanDocument

    answer(ScanDocument(targets=tuple(wanted), findings=tuple(findings), summary=summary))


def _remember(space: Workspace, findings: Sequence[Finding]) -> None:
    """Keep the findings so that `propose` can take them by id; a scan works without, and says so."""
    if space.git_root is None or not findings:
        return
    from autonomous.runs import remember_findings

    try:
        remember_findings(space, findings)
    except (AutonomousError, OSError) as error:
        screens()[1].print(f"these findings cannot be named in `propose` later: {error}", soft_wrap=True)
