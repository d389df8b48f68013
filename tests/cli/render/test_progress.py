"""One line a phase; on a terminal the running one counts, elsewhere nothing moves."""

import os
import pty
import select
from collections.abc import Callable
from datetime import timedelta

import cli_samples
import pytest

from autonomous.cli.render.console import console
from autonomous.cli.render.progress import PhaseLines
from autonomous.model.event import EventKind, Message, Payload


def message(kind: EventKind, payload: Payload, *, after: float = 0.0, subject: str = "scan") -> Message:
    at = cli_samples.AT + timedelta(seconds=after)
    return Message(1, "wf-3fa2", "orchestrator", kind, at, subject, payload)


RUN = [
    message(EventKind.RUN_STARTED, {}),
    message(EventKind.PHASE_STARTED, {"phase": "scan", "total": 3}),
    message(EventKind.SCAN_RESULT, {}, after=0.01),
    message(EventKind.SCAN_RESULT, {}, after=0.2),
    message(
        EventKind.PHASE_ENDED,
        {"phase": "scan", "summary": "87 files   41 findings", "seconds": 0.31},
        after=0.3,
    ),
    message(EventKind.PHASE_STARTED, {"phase": "baseline", "total": None}, after=0.3),
    message(EventKind.TEST_RESULT, {}, after=9.0, subject="x"),
    message(
        EventKind.PHASE_ENDED,
        {"phase": "baseline", "summary": "3 fail\nculprit: \x1b", "seconds": 0.01},
        after=9,
    ),
    message(EventKind.SCAN_RESULT, {}, after=9.5),
]


def test_in_a_file_each_phase_is_one_line_when_it_ends() -> None:
    screen, written = cli_samples.screen()
    listener = PhaseLines(screen)
    for heard in RUN:
        listener(heard)
    assert written.getvalue() == (
        " scan      87 files   41 findings                                          0.3 s\n"
        " baseline  3 fail\n"
        "           culprit: \\x1b\n"
    )


def test_forced_colour_in_a_file_moves_nothing() -> None:
    screen, written = cli_samples.screen(colour=True)
    listener = PhaseLines(screen)
    for heard in RUN:
        listener(heard)
    assert "\r" not in written.getvalue()


@pytest.fixture
def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What a terminal is sent while the run goes by, with that value of CI."""

    def watch(ci: str, *, term: str = "xterm") -> str:
        for name, value in {"CI": ci, "COLUMNS": "80", "TERM": term, "NO_COLOR": "1"}.items():
            monkeypatch.setenv(name, value)
        ours, theirs = pty.openpty()
        with open(theirs, "w", encoding="utf-8") as stream:  # noqa: PTH123 - a descriptor
            listener = PhaseLines(console(stream))
            for heard in RUN:
                listener(heard)
            stream.flush()
            said = ""
            while "culprit: \\x1b" not in said:  # the last line of the run
                assert select.select([ours], [], [], 20)[0], said
                said += os.read(ours, 65536).decode()
        os.close(ours)
        return said

    return watch


def test_on_a_terminal_the_running_phase_counts(on_a_terminal: Callable[..., str]) -> None:
    said = on_a_terminal("")
    assert "\r\x1b[2K scan      0 of 3" in said
    assert "\r\x1b[2K scan      2 of 3" in said
    assert "\r\x1b[2K scan      1 of 3" not in said, "two states within a tenth of a second"
    assert "\r\x1b[2K baseline  ..." in said
    assert "\r\x1b[2K baseline  1" in said
    assert said.index("2 of 3\r\x1b[2K") < said.index("87 files")


def test_in_ci_nothing_moves_even_on_a_terminal(on_a_terminal: Callable[..., str]) -> None:
    said = on_a_terminal("true")
    assert "\x1b[2K" not in said
    assert "87 files   41 findings" in said


def test_nothing_moves_where_the_terminal_cannot_go_back(on_a_terminal: Callable[..., str]) -> None:
    assert "\x1b" not in on_a_terminal("", term="dumb")


def test_the_running_line_can_be_taken_away() -> None:
    screen, written = cli_samples.screen()
    listener = PhaseLines(screen)
    listener(RUN[1])
    listener.clear()
    assert written.getvalue() == ""
