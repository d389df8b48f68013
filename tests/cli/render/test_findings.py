"""The screen of a scan, as a person reads it at eighty columns."""

import cli_samples
import pytest

from autonomous.cli.render.findings import FindingsScreen
from autonomous.model.finding import ScanSummary, Span, TraceStep, Unreadable
from autonomous.model.kinds import Safety, Severity


def shown(*rows, summary: ScanSummary | None = None, width: int = 80, colour: bool = False):
    (out, data), (err, words) = cli_samples.screen(width, colour=colour), cli_samples.screen(width)
    screen = FindingsScreen(out, err, targets=["src/"], fix_titles={"AUT101": "pass a list, no shell"})
    for path, findings in rows:
        screen.file(path, findings)
    if summary is not None:
        screen.summary(summary)
    return data.getvalue(), words.getvalue()


def test_one_finding_with_its_trace() -> None:
    step = TraceStep("src/app.py", Span(88, 5, 88, 9), '`name` comes from request.args["name"]')
    text, _ = shown(("src/client.py", [cli_samples.finding(trace=(step,))]))
    assert text == (
        "\nsrc/client.py\n"
        "  6:9  high     AUT101 subprocess-shell  Command run through a shell\n"
        '         6 │         subprocess.run(f"tar czf {name}.tgz .", shell=True)\n'
        "           │         ───────────────────────────────────────────────────\n"
        "           │ `name` stands in a command that a shell reads\n"
        '           │ src/app.py:88: `name` comes from request.args["name"]\n'
        "           └ fix: pass a list, no shell   review · id abababab\n"
    )


def test_places_are_aligned_and_a_long_title_goes_below() -> None:
    other = cli_samples.finding(span=Span(116, 13, 116, 20), title="t" * 60, severity=Severity.MEDIUM)
    text, _ = shown(("src/client.py", [cli_samples.finding(), other]))
    lines = text.splitlines()
    assert "     6:9  high     AUT101 subprocess-shell  Command run through a shell" in lines
    at = lines.index("  116:13  medium   AUT101 subprocess-shell")
    assert lines[at + 1].strip() == "t" * 60


def test_a_finding_over_several_lines_is_marked_on_its_first() -> None:
    long = cli_samples.finding(span=Span(6, 5, 8, 2), excerpt=("x = f(", "    1,", ")"))
    text, _ = shown(("a.py", [long]))
    assert (
        "         6 │ x = f(\n"
        "           │     ──\n"
        "         7 │     1,\n"
        "         8 │ )\n"
    ) in text  # fmt: skip


@pytest.mark.parametrize("width", [60, 80, 120])
def test_nothing_is_wider_than_the_screen(width: int) -> None:
    wide = cli_samples.finding(
        excerpt=("漢" * 300 + "call()",), span=Span(6, 301, 6, 307), message="wort " * 60
    )
    text, _ = shown(("a.py", [wide]), width=width)
    assert max(map(len, text.splitlines())) <= width
    assert "call()" in text


def test_a_finding_without_fix_says_so() -> None:
    text, _ = shown(("a.py", [cli_samples.finding(fix=None)]))
    assert "└ no fix · id abababab\n" in text
    text, _ = shown(("a.py", [cli_samples.finding(fix=Safety.SAFE, rule="AUT1")]))
    assert "└ fix: safe · id abababab\n" in text


def test_the_sum_of_a_scan() -> None:
    rows = [
        ("a.py", [cli_samples.finding(), cli_samples.finding(fix=Safety.SAFE, severity=Severity.LOW)]),
        ("b.py", [cli_samples.finding(fix=None)]),
        ("c.py", []),
    ]
    text, words = shown(*rows, summary=ScanSummary(87, 3, 2, (), 0.31))
    assert text.endswith(
        "\n3 findings in 2 of 87 files: 2 high, 1 low\n"
        "2 can be fixed, 1 of them safely · 2 suppressed by a comment · 0.3 s\n"
    )
    assert "c.py" not in text
    assert words == "\nnext: autonomous improve src/   (shows each change, asks, tests, commits)\n"


def test_the_files_of_a_diff_have_to_be_committed_first() -> None:
    screen, _ = cli_samples.screen()
    err, words = cli_samples.screen()
    told = FindingsScreen(screen, err, targets=("-",))
    told.file("a.py", [cli_samples.finding()])
    told.summary(ScanSummary(1, 1))
    assert words.getvalue() == "\nnext: commit these changes, then autonomous improve on their files\n"


def test_the_next_step_can_be_typed_as_it_stands() -> None:
    screen, _ = cli_samples.screen()
    err, words = cli_samples.screen()
    told = FindingsScreen(screen, err, targets=("-rf.py", "a b.py"))
    told.file("-rf.py", [cli_samples.finding()])
    told.summary(ScanSummary(1, 1))
    assert words.getvalue() == "\nnext: autonomous improve -- -rf.py 'a b.py'\n"


def test_the_next_step_fits_the_screen() -> None:
    _, words = shown(("a.py", [cli_samples.finding()]), summary=ScanSummary(1, 1), width=60)
    assert words == "\nnext: autonomous improve src/\n"


def test_a_message_that_is_the_title_is_said_once() -> None:
    text, _ = shown(("a.py", [cli_samples.finding(title="assert used", message="assert used")]))
    assert text.count("assert used") == 1


def test_a_clean_scan() -> None:
    text, words = shown(summary=ScanSummary(1, 0, 0, (), 2.0))
    assert text == "\nno findings in 1 file\n2.0 s\n"
    assert words == "\nnext: nothing to do here\n"


def test_findings_without_fixes_lead_to_the_rules() -> None:
    _, words = shown(("a.py", [cli_samples.finding(fix=None)]), summary=ScanSummary(1, 1))
    assert words.startswith("\nnext: autonomous rules ID")


def test_what_was_not_scanned_is_named_with_its_reason() -> None:
    left = (Unreadable("src/\x1bbin.py", "NUL bytes: not text"),)
    text, words = shown(summary=ScanSummary(3, 0, 0, left, 0.1))
    assert "not scanned: 1 file\n  src/\\x1bbin.py: NUL bytes: not text\n" in text
    assert words == "\nnext: make those files readable, or exclude them in [tool.autonomous]\n"


def test_nothing_hostile_reaches_the_terminal() -> None:
    nasty = "\x1b]0;x\x07\u202e"
    step = TraceStep(nasty, Span(1, 1, 1, 2), nasty)
    bad = cli_samples.finding(
        rule=nasty, name=nasty, title=nasty, message=f"[bold]{nasty}", excerpt=(nasty,), trace=(step,)
    )
    text, words = shown((nasty, [bad]), summary=ScanSummary(1, 1))
    assert not set("\x1b\x07\u202e") & set(text + words)
    assert "[bold]" in text, "text of a repository is no markup"


def test_each_severity_has_its_accent() -> None:
    rows = [("a.py", [cli_samples.finding(severity=severity) for severity in Severity])]
    text, _ = shown(*rows, colour=True)
    for accent, severity in (
        ("1;31", "critical"),
        ("31", "high"),
        ("33", "medium"),
        ("36", "low"),
        ("2", "info"),
    ):
        assert f"\x1b[{accent}m{severity:<8}\x1b[0m" in text
