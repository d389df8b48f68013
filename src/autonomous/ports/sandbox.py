"""Running other people's code where it can neither read nor write what is not its business."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import msgspec

from autonomous.model.errors import AutonomousError


class SandboxBroken(AutonomousError):
    """The sandbox itself did not start; what should have run in it did not run at all."""

    hint = "run `autonomous doctor`: it tries every sandbox of this machine and says what is missing"

    def __init__(self, backend: str, reason: str) -> None:
        self.backend, self.reason, self.detail = backend, reason, reason
        super().__init__(f"the sandbox {backend} did not start: {reason}")


class Mount(msgspec.Struct, frozen=True):
    """Show `source` at `target`; only the copy of the tree is ever writable."""

    source: Path
    target: Path
    writable: bool = False


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One process tree and its limits."""

    argv: tuple[str, ...]
    cwd: Path
    mounts: tuple[Mount, ...]
    env: Mapping[str, str] = {}
    wall_seconds: float = 900.0
    memory_mb: int = 4096
    file_mb: int = 1024  # largest file it may write
    disk_mb: int = 2048  # of all that it may add to its writable mounts
    processes: int = 512
    output_bytes: int = 2_000_000  # of stdout and stderr each that are kept, from the end


class JobResult(msgspec.Struct, frozen=True, kw_only=True):
    """How it ended; `returncode` is negative for a signal."""

    returncode: int
    stdout: bytes
    stderr: bytes
    wall_seconds: float
    cpu_seconds: float
    timed_out: bool = False
    breach: str = ""  # the other limit that ended it: "memory: more than 4096 MB"


class Escape(msgspec.Struct, frozen=True):
    """One attempt to escape, made by the probe."""

    attempt: str  # "read a file in HOME"
    stopped: bool
    detail: str = ""


class Probe(msgspec.Struct, frozen=True):
    """What a backend showed: it counts only when it starts and stops every attempt."""

    backend: str
    usable: bool
    reason: str
    escapes: tuple[Escape, ...] = ()


class Sandbox(Protocol):
    """One way to confine a process tree."""

    @property
    def name(self) -> str:
        """The backend's name with its version: "bwrap 0.11.0"."""
        ...

    def probe(self) -> Probe:
        """Try to escape and report."""
        ...

    def run(self, job: Job) -> JobResult:
        """Run a job to its end or its limit; no process of it survives the return.

        Raises SandboxBroken when the job could not be started.
        """
        ...
