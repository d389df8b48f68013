"""Reading HEAD and refs as files, so that no configuration is read; moving them is git's work."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from autonomous.adapters.git.layout import Layout, read_small
from autonomous.model.errors import Refused
from autonomous.ports.git import Head

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_OWN_TO_WORK_TREE = ("refs/bisect/", "refs/worktree/", "refs/rewritten/")
_SYMBOLIC = "ref: "
_DEPTH = 5  # how many symbolic refs git follows
_PACKED_LIMIT = 256_000_000  # bytes


class Refs:
    """The refs of one work tree, read anew at each call: other programs move them."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def head(self) -> Head:
        """Return where HEAD points; raises Refused when refs are kept in tables."""
        if self._layout.reftable:
            raise Refused(
                "this repository keeps its refs in a table (reftable)",
                detail=str(self._layout.git_dir),
                hint="git refs migrate --ref-format=files",
            )
        text = read_small(self._layout.git_dir / "HEAD").strip()
        if not text.startswith(_SYMBOLIC):
            return Head(commit=text if _ID.fullmatch(text) else "", branch="")
        branch = text.removeprefix(_SYMBOLIC).strip()
        return Head(commit=self.target(branch), branch=branch)

    def target(self, name: str) -> str:
        """Return the object id a full ref name leads to, "" when there is none."""
        for _ in range(_DEPTH):
            text = self.raw(name)
            if not text.startswith(_SYMBOLIC):
                return text if _ID.fullmatch(text) else ""
            name = text.removeprefix(_SYMBOLIC).strip()
        return ""

    def raw(self, name: str) -> str:
        """Return what a ref says itself: an object id, "ref: OTHER", or "" when it does not exist."""
        if not is_ref_name(name):
            return ""
        return read_small(self._home(name) / name).strip() or self._packed().get(name, "")

    def below(self, prefix: str) -> Mapping[str, str]:
        """Return all refs whose name starts with `prefix`, as `raw` gives them, in order of their names."""
        found = {name: oid for name, oid in self._packed().items() if name.startswith(prefix)}
        for name in self._loose():
            if name.startswith(prefix) and (text := read_small(self._home(name) / name).strip()):
                found[name] = text
        return dict(sorted(found.items()))

    def checked_out(self) -> Mapping[str, Path]:
        """Return the branches that some work tree stands on, or rebases, and where; linked ones may be gone."""
        common = self._layout.common_dir
        found = dict.fromkeys(_stood_on(common), common.parent)
        for own in _folders(common / "worktrees"):
            place = read_small(own / "gitdir").rstrip("\n")
            found |= dict.fromkeys(_stood_on(own), Path(place).parent if place else own)
        return found

    def _home(self, name: str) -> Path:
        own = name.startswith(_OWN_TO_WORK_TREE) or not name.startswith("refs/")
        return self._layout.git_dir if own else self._layout.common_dir

    def _packed(self) -> dict[str, str]:
        text = read_small(self._layout.common_dir / "packed-refs", limit=_PACKED_LIMIT)
        pairs = (line.split(" ", 1) for line in text.split("\n") if line and line[0] not in "#^")
        return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}  # noqa: PLR2004 - id and name

    def _loose(self) -> Iterator[str]:
        common, own = self._layout.common_dir, self._layout.git_dir
        for name in _files_below(common, "refs"):
            if common == own or not name.startswith(_OWN_TO_WORK_TREE):
                yield name
        if common != own:
            yield from (name for name in _files_below(own, "refs") if name.startswith(_OWN_TO_WORK_TREE))


def _stood_on(git_dir: Path) -> Iterator[str]:
    for name in ("HEAD", "rebase-merge/head-name", "rebase-apply/head-name"):
        branch = read_small(git_dir / name).strip().removeprefix(_SYMBOLIC).strip()
        if branch.startswith("refs/"):
            yield branch


def _folders(top: Path) -> list[Path]:
    try:
        return sorted(place for place in top.iterdir() if place.is_dir() and not place.is_symlink())
    except (FileNotFoundError, NotADirectoryError):
        return []


def is_ref_name(name: str) -> bool:
    """Tell whether a name can stay inside the git directory; git judges the finer rules itself."""
    parts = name.split("/")
    return bool(name) and "\0" not in name and not any(part in {"", ".", ".."} for part in parts)


def refuse_checked_out(refs: Refs, names: Sequence[str]) -> None:
    """Raise Refused for a branch that a work tree stands on: its files and its index would not follow."""
    standing = refs.checked_out()
    for name in names:
        if name in standing:
            raise Refused(
                f"{name.removeprefix('refs/heads/')} is checked out, so it is neither moved nor removed",
                detail=str(standing[name]),
                hint="go to another branch there (git switch -), then run this again",
            )


def refuse_linked(layout: Layout, name: str) -> None:
    """Raise Refused when a ref or its log would be written through a symbolic link.

    Git follows such links, so that a prepared repository could have files written anywhere.
    """
    if not is_ref_name(name) or not name.startswith("refs/"):
        raise Refused("this is not a full ref name", detail=name, hint="give a name that begins with refs/")
    for top in (layout.common_dir, layout.common_dir / "logs", layout.git_dir):
        place = top
        for part in name.split("/"):
            place /= part
            if place.is_symlink():
                raise Refused(
                    "a ref lies behind a symbolic link",
                    detail=str(place),
                    hint="replace the link by a directory, or clone the repository again",
                )


def _files_below(top: Path, folder: str) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(top / folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        name = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _files_below(top, name)
        elif entry.is_file(follow_symlinks=False) and not name.endswith(".lock"):
            yield name
