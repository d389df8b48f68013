"""A run of the repository's own tests, for people and for programs."""

from collections.abc import Iterator

from rich.text import Text

from autonomous.cli.render.console import counted, seconds
from autonomous.cli.render.escape import visible
from autonomous.cli.render.json_facts import TestFacts
from autonomous.cli.render.layout import flow
from autonomous.model.testing import Comparison, RunStatus, TestOutcome, TestReport

_SHOWN = 20
_UNTESTED = {RunStatus.NOT_RUN, RunStatus.NO_TESTS}


def facts(report: TestReport, comparison: Comparison | None = None) -> TestFacts:
    """Return what is public of a run."""
    return TestFacts(
        status=report.status,
        reason=report.reason,
        passed=report.count(TestOutcome.PASSED),
        failed=len(report.bad),
        skipped=report.count(TestOutcome.SKIPPED),
        seconds=report.seconds,
        sandbox=report.sandbox,
        covered_percent=report.covered,
        comparison=comparison,
        failures=tuple(result for result in report.results if result.bad),
    )


def lines(report: TestReport, comparison: Comparison | None, *, width: int) -> Iterator[Text]:
    """Yield what a run said: counts, then failures, new ones first."""
    if report.status is not RunStatus.COMPLETED:
        words = f"{report.status}: {visible(report.reason)}" if report.reason else str(report.status)
        yield flow(words, indent=" ", width=width)
    if report.status in _UNTESTED:
        return
    skipped = report.count(TestOutcome.SKIPPED)
    parts = [f"{counted(report.count(TestOutcome.PASSED), 'test')} pass", f"{len(report.bad)} fail"]
    parts += [f"{skipped} skipped"] if skipped else []
    parts += [f"{report.covered:.1f} % of the lines run"] if report.covered is not None else []
    yield Text(f" {' · '.join([*parts, seconds(report.seconds), report.sandbox])}")
    if comparison is None:
        yield from _named("fails", sorted(report.bad), report, width)
        return
    yield from _named("new", comparison.new, report, width)
    yield from _named("vanished", comparison.vanished, report, width)
    yield from _named("flaky", comparison.flaky, report, width)
    yield from _named("old", comparison.old, report, width)
    yield from _named("fixed", comparison.fixed, report, width)


def _named(label: str, tests: tuple[str, ...] | list[str], report: TestReport, width: int) -> Iterator[Text]:
    messages = {result.id: result.message for result in report.results if result.bad}
    for test in tests[:_SHOWN]:
        yield flow(visible(test), indent=f" {label:<9} ", hang=" " * 11, width=width)
        last = messages.get(test, "").strip().rpartition("\n")[2]
        if last and label != "fixed":
            yield flow(visible(last), indent=" " * 13, hang=" " * 13, width=width, style="dim")
    if len(tests) > _SHOWN:
        yield Text(f"           {len(tests) - _SHOWN} more of {len(tests)}")
