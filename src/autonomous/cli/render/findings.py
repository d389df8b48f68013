"""The screen of a scan: findings as they come, grouped by file, then what they add up to."""

import shlex
from collections import Counter
from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from autonomous.cli.render.console import ACCENTS, counted, seconds
from autonomous.cli.render.escape import visible
from autonomous.cli.render.layout import flow
from autonomous.cli.render.spot import mark
from autonomous.model.finding import Finding, ScanSummary, TraceStep
from autonomous.model.kinds import Safety, Severity

_ID = 8  # characters that tell a finding from others, nearly always
_GUTTER = 11  # cells before the bar that runs along a finding's source


class FindingsScreen:
    """Prints data to `out` and the next step to `err`; counts what it printed."""

    def __init__(
        self,
        out: Console,
        err: Console,
        *,
        targets: Sequence[str],
        fix_titles: Mapping[str, str] | None = None,
        repository: bool = True,
    ) -> None:
        """`fix_titles` says for a rule's id what its preferred fix does, `repository` whether git is there."""
        self._out, self._err = out, err
        self._targets, self._repository = tuple(targets), repository
        self._fix_titles = fix_titles or {}
        self._severities: Counter[Severity] = Counter()
        self._fixes: Counter[Safety | None] = Counter()
        self._files = 0

    def file(self, path: str, findings: Sequence[Finding]) -> None:
        """Print the findings of one file, which come in the order of their places."""
        if not findings:
            return
        self._files += 1
        self._out.print(Text(f"\n{visible(path)}", style="bold"), soft_wrap=True)
        place = max(len(f"{f.span.line}:{f.span.column}") for f in findings)
        for finding in findings:
            self._severities[finding.severity] += 1
            self._fixes[finding.fix] += 1
            self._heading(finding, place)
            self._source(finding)
            self._words(finding)

    def summary(self, summary: ScanSummary) -> None:
        """Print what was not scanned, what the whole scan adds up to, and what to do next."""
        out = self._out
        out.print()
        if summary.unreadable:
            out.print(Text(f"not scanned: {counted(len(summary.unreadable), 'file')}"))
            for left in summary.unreadable:
                out.print(flow(f"{visible(left.path)}: {visible(left.reason)}", indent="  ", width=out.width))
            out.print()
        out.print(Text(self._totals(summary)), soft_wrap=True)
        out.print(Text(" · ".join(self._facts(summary))), soft_wrap=True)
        step = _next(
            summary,
            fixable=self._fixes[Safety.SAFE] + self._fixes[Safety.REVIEW],
            targets=self._targets,
            repository=self._repository,
            width=self._err.width,
        )
        self._err.print(Text(f"\n{step}"), soft_wrap=True)

    def _heading(self, finding: Finding, place: int) -> None:
        accent = ACCENTS[finding.severity]
        where = f"{finding.span.line}:{finding.span.column}"
        line = Text(f"  {where:>{place}}  ")
        line.append(f"{finding.severity:<8}", style=accent)
        line.append(f" {visible(finding.rule)} {visible(finding.name)}", style="bold")
        title = visible(finding.title)
        if line.cell_len + 2 + cell_len(title) <= self._out.width:
            line.append(f"  {title}")
            self._out.print(line, soft_wrap=True)
        else:
            self._out.print(line, soft_wrap=True)
            self._out.print(flow(title, indent=" " * (place + 4), width=self._out.width))

    def _source(self, finding: Finding) -> None:
        span, room = finding.span, self._out.width - _GUTTER - 2
        for offset, line in enumerate(finding.excerpt):
            start = span.column - 1 if offset == 0 else 0
            end = span.end_column - 1 if span.line == span.end_line else len(line)
            shown = mark(line, start=start, end=end, width=room)
            number = f"{span.line + offset:>{_GUTTER - 1}} │ "
            self._out.print(Text(number, style="dim").append(shown.text, style="not dim"), soft_wrap=True)
            if offset == 0:
                spot = Text(f"{'│':>{_GUTTER + 1}} ", style="dim").append(" " * shown.start)
                spot.append("─" * (shown.end - shown.start), style=f"not dim {ACCENTS[finding.severity]}")
                self._out.print(spot, soft_wrap=True)

    def _words(self, finding: Finding) -> None:
        bar = f"{'│':>{_GUTTER + 1}} "
        # Other programs' analyzers have one sentence for both: it was said in the heading.
        message = [finding.message] if finding.message != finding.title else []
        words = [*map(visible, message), *(_step(step) for step in finding.trace)]
        for text in words:
            self._out.print(flow(text, indent=bar, width=self._out.width))
        end = f"{'└':>{_GUTTER + 1}} "
        self._out.print(flow(self._fix(finding), indent=end, width=self._out.width, hang=" " * len(end)))

    def _fix(self, finding: Finding) -> str:
        known = f"id {finding.fingerprint[:_ID]}"
        if finding.fix is None:
            return f"no fix · {known}"
        title = self._fix_titles.get(finding.rule, "")
        promise = f"{visible(title)}   {finding.fix}" if title else f"{finding.fix}"
        return f"fix: {promise} · {known}"

    def _totals(self, summary: ScanSummary) -> str:
        if not summary.findings:
            return f"no findings in {counted(summary.files, 'file')}"
        by = ", ".join(f"{self._severities[s]} {s}" for s in Severity if self._severities[s])
        found = counted(summary.findings, "finding")
        return f"{found} in {self._files} of {counted(summary.files, 'file')}: {by}"

    def _facts(self, summary: ScanSummary) -> list[str]:
        safe = self._fixes[Safety.SAFE]
        able = safe + self._fixes[Safety.REVIEW]
        facts = [f"{able} can be fixed, {safe} of them safely"] if summary.findings else []
        if summary.suppressed:
            facts.append(f"{summary.suppressed} suppressed by a comment")
        return [*facts, seconds(summary.seconds)]


def _next(summary: ScanSummary, *, fixable: int, targets: Sequence[str], repository: bool, width: int) -> str:
    """Return the next step, as much of it as fits."""
    if fixable:
        if not repository:
            return "next: git init, commit these files, then autonomous improve"
        if "-" in targets:
            return "next: commit these changes, then autonomous improve on their files"
        step, words = (
            f"next: autonomous improve {_typed(targets)}",
            "   (shows each change, asks, tests, commits)",
        )
        return step + words if cell_len(step + words) <= width else step
    if summary.findings:
        return "next: autonomous rules ID   (says why, and how to repair it by hand)"
    if summary.unreadable:
        return "next: make those files readable, or exclude them in [tool.autonomous]"
    return "next: nothing to do here"


def _step(step: TraceStep) -> str:
    return f"{visible(step.path)}:{step.span.line}: {visible(step.note)}"


def _typed(targets: Sequence[str]) -> str:
    """Return targets as they are typed in a shell; behind `--` where one could be taken for an option."""
    dashes = "-- " if any(target.startswith("-") for target in targets) else ""
    return dashes + " ".join(visible(shlex.quote(target)) for target in targets)
