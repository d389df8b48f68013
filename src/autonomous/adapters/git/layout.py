"""Where a repository keeps what: found by looking at the root alone, never by git's own search."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

import msgspec

from autonomous.adapters.git.config import parse_config
from autonomous.model.errors import Refused

_ELSEWHERE = "clone the repository again, or run this where it really is"


class Layout(msgspec.Struct, frozen=True):
    """The directories of one repository, as real paths.

    `git_dir` is this work tree's own, `common_dir` the one that all linked work trees share.
    """

    root: Path
    git_dir: Path
    common_dir: Path
    object_format: str  # "sha1" or "sha256"
    config: Mapping[str, str]

    @property
    def objects(self) -> Path:
        """The object directory."""
        return self.common_dir / "objects"

    @property
    def reftable(self) -> bool:
        """True when refs are kept in tables instead of files."""
        return self.config.get("extensions.refstorage", "files") == "reftable"


def discover(start: Path) -> Path | None:
    """Return the root of the work tree that `start` lies in, or None outside of any.

    Raises Refused for a `.git` that is a link or belongs to another user, and for object directories
    that are links: such a repository leads somewhere else than it seems to.
    """
    place = _real(start)
    for folder in (place, *place.parents):
        found = _lstat(folder / ".git")
        if found is None:
            continue
        if stat.S_ISDIR(found.st_mode) and _lstat(folder / ".git" / "HEAD") is None:
            continue  # an empty folder of that name is no repository, for git neither
        open_layout(folder)
        return folder
    return None


def open_layout(root: Path) -> Layout:
    """Read the layout of the repository at `root`; raises Refused as `discover` does."""
    root = _real(root)
    git_dir = _git_dir(root)
    common_dir = _common_dir(git_dir)
    for folder in {git_dir, common_dir}:
        _own(folder)
    _refuse_links(common_dir)
    config = parse_config(read_small(common_dir / "config"))
    work_tree = config.get("core.worktree", "")
    if work_tree and git_dir == common_dir and _real(git_dir / work_tree) != root:
        raise Refused(
            "this repository keeps its work tree elsewhere (core.worktree)",
            detail=str(git_dir / work_tree),
            hint="run this in a normal clone of it",
        )
    return Layout(
        root=root,
        git_dir=git_dir,
        common_dir=common_dir,
        object_format=config.get("extensions.objectformat", "sha1").lower(),
        config=config,
    )


def _git_dir(root: Path) -> Path:
    entry = root / ".git"
    found = _lstat(entry)
    if found is None:
        raise Refused("this is not a git repository", detail=str(root), hint="run `git init` first")
    if stat.S_ISLNK(found.st_mode):
        raise Refused("`.git` is a symbolic link", detail=str(entry), hint=_ELSEWHERE)
    _own(entry)
    if stat.S_ISDIR(found.st_mode):
        return entry
    text = read_small(entry) if stat.S_ISREG(found.st_mode) else ""
    target = text.removeprefix("gitdir: ").rstrip("\n")
    if not text.startswith("gitdir: ") or _lstat(root / target / "HEAD") is None:
        raise Refused("`.git` points to no git directory", detail=str(entry), hint=_ELSEWHERE)
    return _real(root / target)


def _common_dir(git_dir: Path) -> Path:
    text = read_small(git_dir / "commondir").rstrip("\n")
    return _real(git_dir / text) if text else git_dir


def _own(path: Path) -> None:
    found = _lstat(path)
    if found is not None and found.st_uid != os.geteuid():
        raise Refused(
            "the git directory belongs to another user",
            detail=f"{path} (user id {found.st_uid})",
            hint="run this as its owner, or clone the repository",
        )


def _refuse_links(common_dir: Path) -> None:
    for name in ("objects", "objects/pack", "objects/info", "refs", "refs/heads", "packed-refs", "logs"):
        if (common_dir / name).is_symlink():
            raise Refused(
                f"`{name}` in the git directory is a symbolic link", detail=str(common_dir), hint=_ELSEWHERE
            )
    if _lstat(common_dir / "objects") is None:
        raise Refused("the git directory has no objects", detail=str(common_dir), hint=_ELSEWHERE)


def read_small(path: Path, *, limit: int = 1_000_000) -> str:
    """Return the text of a regular file that is no link, "" when there is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise Refused(
            f"`{path.name}` cannot be read", detail=f"{path}: {error.strerror}", hint=_ELSEWHERE
        ) from error
    try:
        regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
        return os.fsdecode(os.read(descriptor, limit)) if regular else ""
    finally:
        os.close(descriptor)


def _real(path: Path) -> Path:
    """Follow links as far as they lead: `Path.resolve` raises RuntimeError where they go in a circle."""
    return Path(os.path.realpath(path))


def _lstat(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
