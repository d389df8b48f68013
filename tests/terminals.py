"""The program on a pseudo-terminal, as a person at a keyboard meets it."""

import os
import pty
import select
import signal
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager

from shops import Shop

PATIENCE = 30.0  # seconds until a terminal that says nothing is called dead
CONTROL_C = "\x03"


class Terminal:
    """The far end of the terminal that the program runs on."""

    def __init__(self, process: int, descriptor: int) -> None:
        self.process, self._descriptor = process, descriptor
        self.said, self._read = "", 0
        self.code: int | None = None

    def type(self, keys: str) -> None:
        os.write(self._descriptor, keys.encode())

    def until(self, words: str) -> str:
        """Read until `words` appear after what was waited for before; return what was said up to there."""
        while (found := self.said.find(words, self._read)) < 0:
            piece = self._piece()
            assert piece, f"{words!r} never came; last: {self.said[-800:]!r}"
            self.said += piece
        before, self._read = self._read, found + len(words)
        return self.said[before : self._read]

    def end(self) -> int:
        """Read to the end and return the exit code."""
        while piece := self._piece():
            self.said += piece
        return self.wait()

    def wait(self) -> int:
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        return self.code

    def shows_what_is_typed(self) -> bool:
        """Tell whether the terminal collects lines and echoes them, as a shell expects it."""
        flags = termios.tcgetattr(self._descriptor)[3]
        return bool(flags & termios.ICANON) and bool(flags & termios.ECHO)

    def _piece(self) -> str:
        ready = select.select([self._descriptor], [], [], PATIENCE)[0]
        assert ready, f"it says nothing more; last: {self.said[-800:]!r}"
        try:
            return os.read(self._descriptor, 65536).decode("utf-8", "replace")
        except OSError:  # the other end is closed
            return ""


@contextmanager
def at_terminal(shop: Shop, *args: str, **environ: str) -> Iterator[Terminal]:
    """Run the program in the shop on a terminal of its own; whatever is left of it is killed at the end."""
    process, descriptor = pty.fork()
    if process == 0:
        os.chdir(shop.root)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a job in the background inherits "ignore"
        command = [sys.executable, "-m", "autonomous.cli.main", *args]
        os.execve(sys.executable, command, shop.environ | {"TERM": "xterm", "COLUMNS": "80"} | environ)
    terminal = Terminal(process, descriptor)
    try:
        yield terminal
    finally:
        if terminal.code is None:
            os.kill(process, signal.SIGKILL)
            terminal.wait()
        os.close(descriptor)
