"""Keys are read one at a time from a terminal, and the terminal is put back whatever happens."""

import os
import pty
import select
import termios
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

import pytest

from autonomous.cli.keyboard import Keyboard


class Ends(NamedTuple):
    """Both ends of one terminal: what is typed goes into `typing`."""

    typing: int
    stream: TextIO


@pytest.fixture
def ends() -> Iterator[Ends]:
    ours, theirs = pty.openpty()
    with open(theirs, encoding="utf-8") as stream:  # noqa: PTH123 - a descriptor
        yield Ends(ours, stream)
    os.close(ours)


def pressed(ends: Ends, keys: bytes) -> str | None:
    board = Keyboard(ends.stream)
    with board.listening():
        os.write(ends.typing, keys)
        return board.key()


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        (b"y", "y"),
        ("é".encode(), "é"),
        ("漢".encode(), "漢"),
        ("\U0001f600".encode(), "\U0001f600"),
        (b"\xff\xff\xff\xff", "\\xff\\xff\\xff\\xff"),
        (b"\x1b[A", "\x1b"),
        (b"\x04", None),
    ],
)
def test_one_key(ends: Ends, keys: bytes, key: str | None) -> None:
    assert pressed(ends, keys) == key


def test_an_arrow_leaves_nothing_behind(ends: Ends) -> None:
    board = Keyboard(ends.stream)
    with board.listening():
        os.write(ends.typing, b"\x1b[1;5C")
        assert board.key() == "\x1b"
        os.write(ends.typing, b"s")
        assert board.key() == "s"


def test_the_terminal_is_put_back_after_an_error(ends: Ends) -> None:
    before = termios.tcgetattr(ends.stream.fileno())
    during = []

    def interrupted() -> None:
        with Keyboard(ends.stream).listening():
            during.append(termios.tcgetattr(ends.stream.fileno()))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert during[0] != before
    assert termios.tcgetattr(ends.stream.fileno()) == before


def test_what_was_typed_ahead_is_forgotten(ends: Ends) -> None:
    os.write(ends.typing, b"yyy\n")
    assert select.select([ends.stream], [], [], 20)[0], "the terminal has it"
    assert pressed(ends, b"s") == "s"


def test_a_line_after_a_key(ends: Ends) -> None:
    assert pressed(ends, b"n") == "n"
    os.write(ends.typing, "größer \n".encode())
    assert Keyboard(ends.stream).line() == "größer "


def test_a_closed_terminal_is_the_end() -> None:
    ours, theirs = pty.openpty()
    with open(theirs, encoding="utf-8") as stream:  # noqa: PTH123 - a descriptor
        board = Keyboard(stream)
        with board.listening():
            os.close(ours)
            assert board.key() is None


def test_lines_where_there_is_no_terminal(tmp_path: Path) -> None:
    typed = tmp_path / "typed"
    typed.write_bytes(b"yes\n\n\xff\n")
    with typed.open(encoding="utf-8") as stream:
        board = Keyboard(stream)
        with board.listening():
            assert [board.key() for _ in range(4)] == ["y", "", "\\", None]
