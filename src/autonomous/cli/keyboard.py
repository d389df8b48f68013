"""Single keys from a terminal, whole lines from anything else; the terminal is always put back as it was."""

import os
import select
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

_CONTROL_D = b"\x04"
_ESCAPE = b"\x1b"
_REST = 0.02  # seconds within which the rest of an arrow key's sequence arrives
_TWO, _THREE, _FOUR = 0xC0, 0xE0, 0xF0  # first bytes of UTF-8 sequences of that length, from there on


class Keyboard:
    """Where answers come from."""

    def __init__(self, stream: TextIO) -> None:
        """`stream` is the standard input; keys are read past its buffer."""
        self._stream = stream
        self._keys = stream.isatty()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take single keys inside the block, and forget what was typed before it.

        What was typed ahead was typed before the question could be read. Ctrl-C still interrupts.
        """
        if not self._keys:
            yield
            return
        descriptor = self._stream.fileno()
        before = termios.tcgetattr(descriptor)
        tty.setcbreak(descriptor, termios.TCSAFLUSH)
        try:
            yield
        finally:
            with suppress(termios.error):  # the terminal was closed: there is nothing to put back
                termios.tcsetattr(descriptor, termios.TCSADRAIN, before)

    def key(self) -> str | None:
        """Return the next key (of a line: its first character, empty for an empty line), None at the end."""
        if not self._keys:
            line = self.line()
            return None if line is None else line.strip()[:1]
        descriptor = self._stream.fileno()
        first = os.read(descriptor, 1)
        if first in {b"", _CONTROL_D}:
            return None
        if first == _ESCAPE:
            while select.select([descriptor], [], [], _REST)[0] and os.read(descriptor, 1):
                pass  # an arrow or a function key: one key that means nothing here
            return first.decode()
        code = first[0]
        more = (code >= _TWO) + (code >= _THREE) + (code >= _FOUR)
        return (first + b"".join(os.read(descriptor, 1) for _ in range(more))).decode(
            "utf-8", "backslashreplace"
        )

    def line(self) -> str | None:
        """Return a line without its end, None when there is no more."""
        raw = self._stream.buffer.readline()
        return raw.decode("utf-8", "backslashreplace").rstrip("\r\n") if raw else None
