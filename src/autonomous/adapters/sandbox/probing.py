"""The probe: a backend counts only when it stops every attempt to escape from it."""

import os
import secrets
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from autonomous.adapters.sandbox import escape, profile, seccomp
from autonomous.model.digest import Digest, digest_of
from autonomous.ports.sandbox import Escape, Job, JobResult, Mount, Probe

Run = Callable[[Job], JobResult]

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_INSIDE = Path("/tmp/escape.py")  # noqa: S108 - the sandbox's own /tmp
_WALL_SECONDS = 30.0


class _Kept(msgspec.Struct, frozen=True):
    key: Digest
    probe: Probe


class Cache:
    """Keeps the last good probe of each backend in a folder; a new boot, version or profile asks again.

    A bad one is never kept: it may be the hour's fault, and a setting of the machine may be changed without a boot.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def probe(self, backend: str, attempt: Callable[[], Probe]) -> Probe:
        """Return the kept result, or make the attempt and keep what it says."""
        key = _key(backend)
        place = self._folder / f"sandbox-{digest_of(backend.encode()):.16}.json"
        with suppress(OSError, msgspec.DecodeError):
            kept = msgspec.json.decode(place.read_bytes(), type=_Kept)
            if kept.key == key:
                return kept.probe
        probe = attempt()
        if not probe.usable:
            return probe
        with suppress(OSError):  # a cache that cannot be written costs time, not safety
            fresh = place.with_suffix(f".{secrets.token_hex(4)}")
            fresh.write_bytes(msgspec.json.encode(_Kept(key, probe)))
            fresh.replace(place)
        return probe


def attempt_escapes(backend: str, run: Run, *, folder: Path, home: Path) -> Probe:
    """Put canaries outside, run the attempts inside, and look from both sides whether one got out.

    `folder` is a place of ours for the canaries, below `home` as a rule. Raises SandboxBroken from `run`.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="canary-", dir=folder) as canaries,
        _listeners() as (port, abstract),
    ):
        asked = _Asked.place(Path(canaries), home=home, port=port, abstract=abstract)
        with _variable(asked.variable):
            result = run(_job(asked))
        escapes = _read(result, asked)
    if not escapes:
        reason = result.stderr.decode("utf-8", "backslashreplace").strip().rpartition("\n")[2]
        return Probe(backend, usable=False, reason=f"the attempts did not run: {reason or result.returncode}")
    failed = [each for each in escapes if not each.stopped]
    reason = "; ".join(f"could {each.attempt}: {each.detail}" for each in failed)
    return Probe(
        backend, usable=not failed, reason=reason or "every attempt to escape was stopped", escapes=escapes
    )


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the attempts are told; see escape.py."""

    canary: str
    secret: str
    variable: str
    home: str
    home_names: tuple[str, ...]
    writable: tuple[str, ...]
    shared: str
    port: int
    abstract: str
    interpreter: tuple[str, ...]

    @classmethod
    def place(cls, folder: Path, *, home: Path, port: int, abstract: str) -> "_Asked":
        """Write the canary and name everything that the attempts go for."""
        token = secrets.token_hex(8)
        canary = folder / "canary"
        canary.write_text(token, encoding="ascii")
        outside = (folder, home, Path("/"), Path("/etc"), Path("/usr"), Path("/usr/lib"))
        return cls(
            canary=str(canary),
            secret=token,
            variable=f"AUTONOMOUS_CANARY_{token}",
            home=str(home),
            home_names=tuple(name for name in _names(home) if not _holds_interpreter(home / name)),
            writable=tuple(str(each / f"escaped-{token}") for each in outside),
            shared=f"/tmp/escaped-{token}",  # noqa: S108 - that is the attempt
            port=port,
            abstract=abstract,
            interpreter=(os.__file__, os.path.realpath(sys.executable)),
        )


def _job(asked: _Asked) -> Job:
    prefix = Path(sys.base_prefix)
    return Job(
        argv=(
            os.path.realpath(sys.executable),
            "-I",
            "-S",
            str(_INSIDE),
            msgspec.json.encode(asked).decode(),
        ),
        cwd=Path("/"),
        mounts=(Mount(Path(escape.__file__), _INSIDE), Mount(prefix, prefix)),
        wall_seconds=_WALL_SECONDS,
        memory_mb=1024,
    )


def _read(result: JobResult, asked: _Asked) -> tuple[Escape, ...]:
    try:
        report = msgspec.json.decode(result.stdout, type=list[Escape])
    except msgspec.DecodeError:
        return ()
    left = [path for path in (*asked.writable, asked.shared) if Path(path).exists()]
    for path in left:
        Path(path).unlink()
    if left:
        report.append(Escape("write where others see it", stopped=False, detail=f"wrote {left[0]}"))
    return tuple(report)


def _names(home: Path) -> list[str]:
    try:
        return [path.name for path in home.iterdir()]
    except OSError:
        return []


def _holds_interpreter(path: Path) -> bool:
    return Path(sys.base_prefix).is_relative_to(path)


@contextmanager
def _listeners() -> Iterator[tuple[int, str]]:
    """Listen on the loopback interface and on an abstract socket, where only an escape can connect."""
    abstract = f"autonomous-{secrets.token_hex(8)}"
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as local:
        local.bind(f"\0{abstract}")
        local.listen()
        yield server.getsockname()[1], abstract


@contextmanager
def _variable(name: str) -> Iterator[None]:
    """Set a variable in the environment of this very process: where keys and tokens of the user are."""
    os.environ[name] = "visible"
    try:
        yield
    finally:
        del os.environ[name]


def _key(backend: str) -> Digest:
    code = [Path(str(module.__file__)).read_bytes() for module in (escape, profile, seccomp)]
    facts = (backend, _BOOT.read_text("ascii"), os.path.realpath(sys.executable), str(os.getuid()))
    return digest_of(*code, *(fact.encode() for fact in facts))
