"""What a job may see: its mounts, its environment and its rights, as arguments for bubblewrap."""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from autonomous.ports.sandbox import Job, Mount

_SYSTEM = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_ETC = (  # what ld.so, the C library's name and time functions and the ssl and mimetypes modules read
    "alternatives",
    "ca-certificates",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "mime.types",
    "pki",
    "protocols",
    "services",
    "ssl",
    "timezone",
)
_TMP = Path("/tmp")  # noqa: S108 - the sandbox's own
_VAR_TMP = "/var/tmp"  # noqa: S108
_SHM = "/dev/shm"  # noqa: S108
_UNHIDDEN = {Path("/"), _TMP}  # homes that show nothing of the host anyway
_ROOT = 0
_NOBODY = 65534
_MEGABYTE = 1024 * 1024
_ENVIRONMENT = {
    "HOME": str(_TMP / "home"),
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "LOGNAME": "tester",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "SHELL": "/bin/sh",
    "TMPDIR": str(_TMP),
    "TZ": "UTC",
    "USER": "tester",
    "XDG_RUNTIME_DIR": str(_TMP / "run"),
}


class Descriptors(msgspec.Struct, frozen=True, kw_only=True):
    """File descriptors that bubblewrap inherits: what it reads from them, or writes to them."""

    status: int
    release: int
    seccomp: int | None
    etc: tuple[tuple[str, int], ...]  # file name in /etc, descriptor with its contents


def etc_files() -> dict[str, bytes]:
    """Return files of /etc that are made up, so that nothing about the machine or its people shows."""
    user, group = inner_ids()
    return {
        "passwd": f"tester:x:{user}:{group}:tester:{_ENVIRONMENT['HOME']}:/bin/sh\n".encode(),
        "group": f"tester:x:{group}:\n".encode(),
        "hosts": b"127.0.0.1 localhost\n::1 localhost\n",
        "nsswitch.conf": b"passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n",
    }


def inner_ids() -> tuple[int, int]:
    """Return user and group id inside: the caller's own, but never root."""
    user, group = os.getuid(), os.getgid()
    return (_NOBODY if user == _ROOT else user, _NOBODY if group == _ROOT else group)


def arguments(job: Job, *, home: Path, descriptors: Descriptors) -> tuple[str, ...]:
    """Return bubblewrap's arguments for a job; `home` is the user's home directory, which is hidden.

    The order matters: later mounts cover earlier ones, and the root becomes read-only last.
    """
    return (
        *_isolation(descriptors),
        *_environment(job),
        *_system(),
        *_etc(descriptors),
        *("--proc", "/proc", "--dev", "/dev"),
        *_private(job, home),
        *_mounts(job.mounts),
        *("--remount-ro", "/dev"),
        *_hidden_home(job, home),
        *("--remount-ro", "/"),
        *("--chdir", str(job.cwd), "--", *job.argv),
    )


def _isolation(descriptors: Descriptors) -> Iterator[str]:
    user, group = inner_ids()
    yield from ("--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts")
    yield from ("--unshare-cgroup-try", "--disable-userns", "--hostname", "sandbox")
    yield from ("--uid", str(user), "--gid", str(group), "--cap-drop", "ALL")
    yield from ("--die-with-parent", "--new-session")
    yield from ("--json-status-fd", str(descriptors.status), "--block-fd", str(descriptors.release))
    if descriptors.seccomp is not None:
        yield from ("--seccomp", str(descriptors.seccomp))


def _environment(job: Job) -> Iterator[str]:
    yield "--clearenv"
    for name, value in (_ENVIRONMENT | dict(job.env)).items():
        yield from ("--setenv", name, value)


def _system() -> Iterator[str]:
    yield from ("--ro-bind", "/usr", "/usr")
    for name in _SYSTEM:
        path = Path(name)
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), name)
        elif path.is_dir():
            yield from ("--ro-bind", name, name)


def _etc(descriptors: Descriptors) -> Iterator[str]:
    for name in _ETC:
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
    for name, descriptor in descriptors.etc:
        yield from ("--ro-bind-data", str(descriptor), f"/etc/{name}")


def _private(job: Job, home: Path) -> Iterator[str]:
    size = ("--size", str(job.memory_mb * _MEGABYTE))
    yield from (*size, "--tmpfs", _SHM, *size, "--tmpfs", str(_TMP), "--symlink", "../tmp", _VAR_TMP)
    if home not in _UNHIDDEN:
        yield from ("--tmpfs", str(home))
    for directory in (_ENVIRONMENT["HOME"], _ENVIRONMENT["XDG_RUNTIME_DIR"]):
        yield from ("--perms", "0700", "--dir", directory)


def _mounts(mounts: tuple[Mount, ...]) -> Iterator[str]:
    """Outer directories first, so that what lies inside of another mount is not covered by it."""
    for mount in sorted(mounts, key=lambda mount: (len(mount.target.parts), str(mount.target))):
        yield from ("--bind" if mount.writable else "--ro-bind", str(mount.source), str(mount.target))


def _hidden_home(job: Job, home: Path) -> Iterator[str]:
    """The cover over HOME becomes read-only, unless the copy of the tree lies exactly there."""
    covered = any(mount.target == home for mount in job.mounts)
    if home not in _UNHIDDEN and not covered:
        yield from ("--remount-ro", str(home))
