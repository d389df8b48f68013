"""Start bubblewrap, set limits on what it holds, collect its output, and leave no process behind.

Bubblewrap is two processes: the outer one, which is started here, and the first process of the new process
namespace. When that first one dies, the kernel ends every process of the namespace before it reports the death,
so a pidfd on it tells when nothing survives. The outer one dies with the *thread* that started it
(--die-with-parent), which is why starting and waiting are one call on one thread.
"""

import json
import os
import resource
import select
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from typing import IO

import msgspec

from autonomous.adapters.sandbox.profile import Descriptors
from autonomous.adapters.sandbox.tail import Tail
from autonomous.adapters.sandbox.watch import Watch
from autonomous.ports.sandbox import Job, JobResult, SandboxBroken

_MEGABYTE = 1024 * 1024
_SAMPLE_SECONDS = 0.2
_START_SECONDS = 20.0
_END_SECONDS = 20.0
_SIGNALLED = 128  # bubblewrap exits with this plus the number of the signal that ended the job
_LAST_SIGNAL = 64
_OPEN_FILES = 4096
_PIECE = 65536


class Inputs(msgspec.Struct, frozen=True, kw_only=True):
    """What bubblewrap reads besides its arguments: a system call filter, and files of /etc by name."""

    seccomp: bytes
    etc: Mapping[str, bytes]


class _End(msgspec.Struct, frozen=True):
    timed_out: bool = False
    breach: str = ""


def launch(
    backend: str, job: Job, command: Callable[[Descriptors], tuple[str, ...]], *, inputs: Inputs
) -> JobResult:
    """Run the command line that `command` makes for the inherited descriptors, and wait for its end.

    Raises SandboxBroken when bubblewrap ends before the job was started.
    """
    started = time.monotonic()
    with ExitStack() as stack:
        status, status_inner = _pipe(stack)
        release_inner, release = _pipe(stack)
        inherited = _inherited(stack, inputs, status=status_inner, release=release_inner)
        process = stack.enter_context(_outer(command(inherited), inherited))
        status_inner.close()
        streams = _Streams(stack, process, job.output_bytes)
        try:
            first = _first_process(status)
            with _nothing_survives(first, process):
                watch = Watch(first, job)
                _limit(first, job)
                release.write(b"1")
                end = _follow(streams, watch, deadline=started + job.wall_seconds)
        except ProcessLookupError:
            process.wait()
            raise SandboxBroken(backend, streams.why()) from None
        streams.drain()
        code = _exit_code(status)
        if code is None and end == _End():
            raise SandboxBroken(backend, streams.why())
    return JobResult(
        returncode=-signal.SIGKILL if code is None else code,
        stdout=streams.stdout.bytes(),
        stderr=streams.stderr.bytes(),
        wall_seconds=time.monotonic() - started,
        cpu_seconds=watch.cpu_seconds,
        timed_out=end.timed_out,
        breach=end.breach,
    )


class _Streams:
    """Both outputs of a process, read as they come, and a sign of its end."""

    def __init__(self, stack: ExitStack, process: "subprocess.Popen[bytes]", limit: int) -> None:
        self.stdout, self.stderr = Tail(limit), Tail(limit)
        self._selector = stack.enter_context(selectors.DefaultSelector())
        for stream, tail in ((process.stdout, self.stdout), (process.stderr, self.stderr)):
            if stream is not None:
                self._selector.register(stream, selectors.EVENT_READ, tail)
        self._end = os.pidfd_open(process.pid)
        stack.callback(os.close, self._end)
        self._selector.register(self._end, selectors.EVENT_READ, None)

    def read(self, seconds: float) -> bool:
        """Read what comes within that time, or less; return True once the process has ended."""
        ended = False
        for key, _ in self._selector.select(max(0.0, seconds)):
            if key.data is None:
                ended = True
            elif piece := os.read(key.fd, _PIECE):
                key.data.feed(piece)
            else:
                self._selector.unregister(key.fileobj)
        return ended

    def drain(self) -> None:
        """Read both outputs to their end; every process that could write is dead."""
        with suppress(KeyError):
            self._selector.unregister(self._end)
        while self._selector.get_map():
            self.read(_END_SECONDS)

    def why(self) -> str:
        """Return the last line that bubblewrap wrote, for a message."""
        self.drain()
        lines = self.stderr.bytes().decode("utf-8", "backslashreplace").strip().splitlines()
        return lines[-1] if lines else "it ended without a word"


def _pipe(stack: ExitStack) -> tuple[IO[bytes], IO[bytes]]:
    reader, writer = os.pipe()
    return (
        stack.enter_context(os.fdopen(reader, "rb", buffering=0)),
        stack.enter_context(os.fdopen(writer, "wb", buffering=0)),
    )


def _inherited(stack: ExitStack, inputs: Inputs, *, status: IO[bytes], release: IO[bytes]) -> Descriptors:
    return Descriptors(
        status=status.fileno(),
        release=release.fileno(),
        seccomp=_filled(stack, inputs.seccomp) if inputs.seccomp else None,
        etc=tuple((name, _filled(stack, data)) for name, data in inputs.etc.items()),
    )


def _filled(stack: ExitStack, data: bytes) -> int:
    """Return a descriptor from which `data` can be read; it is small enough to fit into a pipe."""
    reader, writer = _pipe(stack)
    writer.write(data)
    writer.close()
    return reader.fileno()


@contextmanager
def _outer(argv: tuple[str, ...], inherited: Descriptors) -> Iterator["subprocess.Popen[bytes]"]:
    """Start bubblewrap with no environment: its own is what the job can read of process 1."""
    numbers = {inherited.status, inherited.release, *(number for _, number in inherited.etc)}
    if inherited.seccomp is not None:
        numbers.add(inherited.seccomp)
    with subprocess.Popen(
        argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=tuple(numbers),
        env={},
        cwd="/",
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _first_process(status: IO[bytes]) -> int:
    """Return the host's number of the first process inside; raises ProcessLookupError when there is none."""
    line = b""
    while not line.endswith(b"\n"):
        ready, _, _ = select.select([status], [], [], _START_SECONDS)
        piece = os.read(status.fileno(), 1) if ready else b""
        if not piece:
            raise ProcessLookupError
        line += piece
    return int(json.loads(line)["child-pid"])


@contextmanager
def _nothing_survives(first: int, process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """On the way out, kill the first process and wait until the kernel has ended all the others."""
    pidfd = os.pidfd_open(first)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)
        select.select([pidfd], [], [], _END_SECONDS)
        os.close(pidfd)
        process.wait()


def _limit(first: int, job: Job) -> None:
    """Limit each process inside; what they use together is the watch's business.

    RLIMIT_AS bounds address space and not memory; it stops one process that asks for too much at once. The
    kernel does not count processes against root (RLIMIT_NPROC), so their number is watched as well.
    """
    memory, file, cpu = job.memory_mb * _MEGABYTE, job.file_mb * _MEGABYTE, int(job.wall_seconds) + 1
    for kind, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file),
        (resource.RLIMIT_CPU, cpu * (os.cpu_count() or 1)),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.prlimit(first, kind)[1]
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.prlimit(first, kind, (bound, bound))


def _follow(streams: _Streams, watch: Watch, *, deadline: float) -> _End:
    sample = time.monotonic()
    while True:
        now = time.monotonic()
        if now >= deadline:
            return _End(timed_out=True)
        if now >= sample:
            sample = now + _SAMPLE_SECONDS
            if breach := watch.breach():
                return _End(breach=breach)
        if streams.read(min(deadline, sample) - now):
            return _End()


def _exit_code(status: IO[bytes]) -> int | None:
    """Return how the job ended, None when bubblewrap did not start it or was killed with it."""
    for line in status.read().splitlines():
        code = json.loads(line).get("exit-code")
        if isinstance(code, int):
            return -(code - _SIGNALLED) if _SIGNALLED < code <= _SIGNALLED + _LAST_SIGNAL else code
    return None
