"""`test`: run the repository's own tests as the line does."""

from typing import Annotated

import typer

from autonomous.cli.options import Format, FormatOption
from autonomous.cli.session import answer, opened, screens, wants_json
from autonomous.model.errors import ExitCode, UsageError
from autonomous.model.testing import Comparison, RunStatus, TestReport

EXAMPLES = """
  autonomous test                              your files as they are, against the last commit
  autonomous test auto/improve-src             a branch, against the last commit
  autonomous test --coverage-threshold 80
"""
_UNTESTED = {RunStatus.NOT_RUN, RunStatus.NO_TESTS}
_NEXT = {
    RunStatus.NO_TESTS: "write some below tests/, or name the command that runs them: autonomous init",
    RunStatus.NOT_RUN: "autonomous doctor   (looks at the sandbox, the interpreter and the test command)",
    RunStatus.TIMED_OUT: "mend the test that hangs, or raise `limits.test_seconds` in your own settings",
}


def command(
    revision: Annotated[
        str, typer.Argument(metavar="REVISION", help="A branch or commit; your files as they are if none.")
    ] = "",
    coverage_threshold: Annotated[
        float | None,
        typer.Option(
            "--coverage-threshold", min=0, max=100, help="Fail below this share of lines run, in percent."
        ),
    ] = None,
    form: FormatOption = Format.TEXT,
) -> int:
    """Run the tests in an isolated copy, before and after, and sort failures into new, old and flaky.

    Exit code 0 when nothing got worse, 3 when the tests could not be run, 4 when there are new failures or
    too few lines were run. Where there is nothing to compare, since your files are those of the last commit,
    every failure counts.
    """
    from autonomous.cli.testing import run_tests

    with opened() as space:
        report, comparison = run_tests(space, revision, coverage=coverage_threshold is not None)
    _show(report, comparison, threshold=coverage_threshold, form=form)
    return _exit_code(report, comparison, coverage_threshold)


def _exit_code(report: TestReport, comparison: Comparison | None, threshold: float | None) -> int:
    if report.status in _UNTESTED:
        return ExitCode.INCOMPLETE
    worse = not comparison.green if comparison else bool(report.bad)
    if worse or report.status is not RunStatus.COMPLETED:
        return ExitCode.TESTS_FAILED
    if threshold is None:
        return ExitCode.OK
    if report.covered is None:
        raise UsageError(
            "the lines that the tests run could not be measured",
            hint="install coverage for their interpreter",
        )
    return ExitCode.TESTS_FAILED if report.covered < threshold else ExitCode.OK


def _show(
    report: TestReport, comparison: Comparison | None, *, threshold: float | None, form: Format
) -> None:
    from autonomous.cli.tests_shown import facts, lines

    if wants_json(form):
        from autonomous.cli.render.json_types import TestDocument

        answer(TestDocument(tests=facts(report, comparison)))
        return
    out, err = screens()
    for line in lines(report, comparison, width=out.width):
        out.print(line, soft_wrap=True)
    if threshold is not None and report.covered is not None and report.covered < threshold:
        words = f" too few    {report.covered:.1f} % of the lines are run, {threshold:g} % were asked for"
        out.print(words, soft_wrap=True)
    if step := _NEXT.get(report.status):
        err.print(f"\nnext: {step}", soft_wrap=True)
