"""`scan`: say what is wrong, change nothing."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from autonomous.cli.options import Categories, Format, FormatOption, Least, RuleIds, Targets
from autonomous.cli.session import answer, opened, screens, wants_json
from autonomous.model.errors import ExitCode
from autonomous.model.finding import FileScan, Finding, ScanSummary, Target
from autonomous.model.kinds import Severity

if TYPE_CHECKING:
    from autonomous.rulebook.book import Rulebook
    from autonomous.workspace import Workspace

EXAMPLES = """
  autonomous scan src/
  autonomous scan --category security --severity high .
  git diff main | autonomous scan -       only what the diff touches
"""


def command(
    targets: Targets = None,
    category: Categories = None,
    severity: Least = None,
    rule: RuleIds = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Every finding counts, and an ignore without a reason is one.")
    ] = False,
    form: FormatOption = Format.TEXT,
) -> int:
    """Say what is wrong in files, directories or a diff ("-"); change nothing.

    Exit code 0 for no finding at or above the threshold, 1 for some, 3 when a file could not be read.
    """
    wanted = targets or ["."]
    with opened(wanted) as space:
        book = space.rulebook(categories=category or (), rules=rule or (), minimum=severity)
        target = _target(space, wanted)
        show = _json if wants_json(form) else _text
        findings, summary = show(space, book, target, wanted, strict=strict)
        space.remember(findings)
        threshold = Severity.INFO if strict else space.settings.fail_on
    return exit_code(findings, summary, threshold)


def exit_code(findings: Sequence[Finding], summary: ScanSummary, threshold: Severity) -> int:
    """Return what the process says: an incomplete scan is never a silent 0."""
    if summary.unreadable:
        return ExitCode.INCOMPLETE
    over = any(finding.severity.at_least(threshold) for finding in findings)
    return ExitCode.FINDINGS if over else ExitCode.OK


def _target(space: "Workspace", wanted: Sequence[str]) -> Target:
    if "-" not in wanted:
        return Target(space.targets(wanted))
    from autonomous.cli.diff_input import changed_lines

    return changed_lines(sys.stdin.buffer.read(), below=space.targets([t for t in wanted if t != "-"]))


def _scans(space: "Workspace", book: "Rulebook", target: Target, *, strict: bool) -> Iterator[FileScan]:
    from autonomous.stages.scanner import Scanner

    yield from Scanner(book, strict=strict)(target, space.scan_ports())


def _text(
    space: "Workspace", book: "Rulebook", target: Target, wanted: Sequence[str], *, strict: bool
) -> tuple[list[Finding], ScanSummary]:
    from autonomous.cli.render.findings import FindingsScreen
    from autonomous.orchestrator.scanning import Tally

    began, tally, findings = space.clock.steady(), Tally(), list[Finding]()
    titles = {rule.id: rule.fixes[0].title for rule in book.rules if rule.fixes}
    screen = FindingsScreen(*screens(), targets=wanted, fix_titles=titles)
    for found in _scans(space, book, target, strict=strict):
        tally.add(found)
        findings += found.findings
        screen.file(found.path, found.findings)
    summary = tally.summary(seconds=space.clock.steady() - began)
    screen.summary(summary)
    return findings, summary


def _json(
    space: "Workspace", book: "Rulebook", target: Target, wanted: Sequence[str], *, strict: bool
) -> tuple[list[Finding], ScanSummary]:
    from autonomous.cli.render.json_types import ScanDocument
    from autonomous.orchestrator.scanning import Tally

    began, tally, findings = space.clock.steady(), Tally(), list[Finding]()
    for found in _scans(space, book, target, strict=strict):
        tally.add(found)
        findings += found.findings
    summary = tally.summary(seconds=space.clock.steady() - began)
    answer(ScanDocument(targets=tuple(wanted), findings=tuple(findings), summary=summary))
    return findings, summary
