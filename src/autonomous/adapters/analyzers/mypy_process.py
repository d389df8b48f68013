"""Keeps one mypy worker warm, within a wall time for each answer."""

import json
import select
import subprocess
import sys
import time
import weakref
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

_WORKER: Final = Path(__file__).with_name("mypy_worker.py")
_STOP_SECONDS: Final = 5.0


class MypyGaveUp(Exception):
    """Mypy did not answer: it took too long, needed too much memory, or failed."""


class MypyBlocked(MypyGaveUp):
    """Mypy answered that it cannot check these files at all, such as for a syntax error."""


class MypyProcess:
    """A helper process that starts with the first question and is replaced when it ends.

    It is also replaced after `runs` answers, because mypy keeps memory from one to the next.
    """

    def __init__(self, folder: Path, *, seconds: float, memory_mb: int, runs: int = 100) -> None:
        self._folder, self._seconds, self._memory_mb, self._runs = folder, seconds, memory_mb, runs
        self._answers = 0
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, arguments: Sequence[str]) -> tuple[str, str, int]:
        """Return stdout, stderr and exit status of one run of mypy; raises MypyGaveUp."""
        process = self._running()
        stdin, stdout = _pipes(process)
        with suppress(BrokenPipeError):  # it is just ending: the empty answer says so
            stdin.write(json.dumps(list(arguments)).encode() + b"\n")
            stdin.flush()
        line = b""
        try:
            line = self._answer(stdout)
        finally:
            if not line.endswith(b"\n"):
                self.close()  # also after Ctrl-C: a late answer must not be taken for the next one
        if not line:
            raise MypyGaveUp("mypy failed on this code, or ran out of memory")
        out, err, status = json.loads(line)
        return str(out), str(err), int(status)

    def close(self) -> None:
        """End the helper process."""
        if self._process is not None:
            _end(self._process)
            self._process = None

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and (self._answers >= self._runs or self._process.poll() is not None):
            self.close()
        self._answers += 1
        if self._process is None:
            self._answers = 1
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(_WORKER), str(self._memory_mb)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=self._folder,
                env={"LC_ALL": "C.UTF-8"},
                start_new_session=True,
            )
            weakref.finalize(self, _end, self._process)
        return self._process

    def _answer(self, stdout: IO[bytes]) -> bytes:
        """Read one line, nothing when the process ended; raises MypyGaveUp when time is up."""
        until = time.monotonic() + self._seconds
        pieces: list[bytes] = []
        while not (pieces and pieces[-1].endswith(b"\n")):
            ready, _, _ = select.select([stdout], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise MypyGaveUp(f"mypy took longer than {self._seconds:g} s")
            piece = stdout.read1(65536)  # type: ignore[attr-defined]  # a pipe is a buffered reader
            if not piece:
                return b""
            pieces.append(piece)
        return b"".join(pieces)


def _pipes(process: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise MypyGaveUp("mypy was started without pipes")
    return process.stdin, process.stdout


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):  # what was still to be written is of no use any more
                pipe.close()
    process.wait(_STOP_SECONDS)
