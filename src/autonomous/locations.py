"""Where the state and the caches of one repository live, and the lock that lets one run at a time write."""

import fcntl
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from autonomous.model.errors import Refused

PROGRAM = "autonomous"
_ID_DIGITS = 16  # hexadecimal digits of the path's SHA-256
_SLUG_LENGTH = 40
_PRIVATE = 0o700
_NOTE = 64  # bytes; a process id fits


def repository_id(common_dir: Path) -> str:
    """Name a repository by the real path of its common directory: "humanize-0f3a...", 16 digits."""
    real = common_dir.resolve()
    name = real.parent.name if real.name == ".git" else real.name.removesuffix(".git")
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:_SLUG_LENGTH].strip("-") or "repository"
    return f"{slug}-{hashlib.sha256(os.fsencode(real)).hexdigest()[:_ID_DIGITS]}"


def state_directory(common_dir: Path, environ: Mapping[str, str], *, root: Path | None = None) -> Path:
    """Return the repository's directory below XDG_STATE_HOME, made when it is not there, for its owner alone.

    Raises Refused when it would lie inside the repository (`root`: a linked work tree), is a
    symbolic link, belongs to somebody else or cannot be made.
    """
    place = _directory(common_dir, environ, variable="XDG_STATE_HOME", default=".local/state", root=root)
    _note_repository(place, common_dir.resolve())
    return place


def cache_directory(common_dir: Path, environ: Mapping[str, str], *, root: Path | None = None) -> Path:
    """Return the repository's directory below XDG_CACHE_HOME, made and refused as the state directory is."""
    return _directory(common_dir, environ, variable="XDG_CACHE_HOME", default=".cache", root=root)


def _directory(
    common_dir: Path, environ: Mapping[str, str], *, variable: str, default: str, root: Path | None
) -> Path:
    home = _home(environ, variable=variable, default=default)
    ours = home / PROGRAM
    place = ours / repository_id(common_dir)
    real = common_dir.resolve()
    inside = [real, real.parent if real.name == ".git" else real, *([root.resolve()] if root else [])]
    if any(place.resolve().is_relative_to(tree) for tree in inside):
        raise Refused(
            "the program's own files would lie inside the repository",
            detail=str(place),
            hint=f"set {variable} to a directory outside of it",
        )
    try:
        home.mkdir(parents=True, exist_ok=True)
        for each in (ours, place):
            each.mkdir(mode=_PRIVATE, exist_ok=True)
            _must_be_ours(each)
    except OSError as error:
        raise Refused(
            f"the program's own files have no place: {error.strerror}",
            detail=str(error.filename or place),
            hint=f"make that directory writable and free some space, or set {variable} to another one",
        ) from error
    return place


def _home(environ: Mapping[str, str], *, variable: str, default: str) -> Path:
    # A relative path is to be ignored: https://specifications.freedesktop.org/basedir-spec/latest/
    given, home = environ.get(variable, ""), environ.get("HOME", "")
    if Path(given).is_absolute():
        return Path(given)
    if not Path(home).is_absolute():
        raise Refused(
            "there is no home directory to keep the program's own files in",
            detail=f"HOME={home!r}",
            hint=f"set HOME or {variable} to an absolute path",
        )
    return Path(home, default)


def _must_be_ours(place: Path) -> None:
    state = place.lstat()
    reason = ""
    if stat.S_ISLNK(state.st_mode):
        reason = "is a symbolic link"
    elif state.st_uid != os.geteuid():
        reason = f"belongs to user {state.st_uid}"
    if reason:
        raise Refused(
            f"the directory for the program's own files {reason}",
            detail=str(place),
            hint="move it aside and run this again",
        )
    if stat.S_IMODE(state.st_mode) & 0o077:
        place.chmod(_PRIVATE)


def _note_repository(place: Path, common_dir: Path) -> None:
    """Say whose state this is, so that a repository that was moved can be told from one that is gone."""
    note = json.dumps({"common_dir": os.fsdecode(common_dir), "version": 1}, indent=2) + "\n"
    target, fresh = place / "repository.json", place / f"repository.json.{os.getpid()}"
    try:
        if target.is_file() and target.read_text("ascii") == note:
            return
        fresh.write_text(note, "ascii")
        fresh.replace(target)
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            f"the program's own files cannot be written: {error}",
            detail=str(target),
            hint="make that directory writable and free some space",
        ) from error


@contextmanager
def lock(state: Path) -> Iterator[None]:
    """Hold the repository's lock; raises Refused at once when another process holds it.

    The kernel releases it when the process ends, however it ends.
    """
    path = state / "lock"
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise Refused(
            f"the repository's lock cannot be opened: {error.strerror}",
            detail=str(path),
            hint="make the directory writable and free some space",
        ) from error
    try:
        _seize(handle)
        with suppress(OSError):  # the note is for people; on a full disk the lock holds without it
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
        with suppress(OSError):
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _seize(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(handle, _NOTE, 0).decode("ascii", "replace").strip()
        raise Refused(
            "another run is at work in this repository",
            detail=f"process {holder}" if holder.isdigit() else "",
            hint="wait until it ends and run this again; `autonomous status` shows how far it is",
        ) from error
