"""Stack approved changes on one tree: what its files are once any subset of the changes is applied."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import msgspec

from autonomous.model.change import FileEdit
from autonomous.model.journey import Approved
from autonomous.model.patch import Hunk, apply_hunks, first_overlap, hunks_between
from autonomous.ports.files import Files, FileUnreadable
from autonomous.rulebook.together import missing_import


class Stacked(msgspec.Struct, frozen=True):
    """A change that fits on those before it, and the whole contents of its files after it (None: removed)."""

    approved: Approved
    contents: dict[str, bytes | None]


class Conflict(msgspec.Struct, frozen=True):
    """A change that does not fit: the file moved on, or an earlier change touches the same lines."""

    approved: Approved
    path: str
    reason: str


class _Text(msgspec.Struct, frozen=True):
    """The file before, and the hunks that were placed on it so far."""

    before: bytes
    hunks: tuple[Hunk, ...]


class _Whole(msgspec.Struct, frozen=True):
    """A file that is created (its bytes) or removed (None) as a whole."""

    after: bytes | None


class _Unfit(msgspec.Struct, frozen=True):
    reason: str


_Placed: TypeAlias = _Text | _Whole


def stack(base: str, approved: Sequence[Approved], files: Files) -> Iterator[Stacked | Conflict]:
    """Place the changes on `files`, the tree of the commit `base`, one after the other.

    Yields one value for each change, in order. A change is placed with all its edits or with none, so what
    comes after a conflict is placed as if the conflicting change were not there.
    """
    placed: dict[str, _Placed] = {}
    for item in approved:
        wanted: dict[str, _Placed] = {}
        for edit in item.proposal.change.edits:
            match _place(edit, placed.get(edit.path), base=base, files=files):
                case _Unfit(reason=reason):
                    yield Conflict(item, edit.path, reason)
                    break
                case fit:
                    wanted[edit.path] = fit
        else:
            placed |= wanted
            yield Stacked(item, {path: _contents(file) for path, file in wanted.items()})


def compose(
    base: str, approved: Sequence[Approved], files: Files
) -> tuple[dict[str, bytes | None], tuple[Conflict, ...]]:
    """Return the contents of every changed file once all changes that fit are applied, and those that do not."""
    contents: dict[str, bytes | None] = {}
    conflicts: list[Conflict] = []
    for step in stack(base, approved, files):
        match step:
            case Stacked():
                contents |= step.contents
            case Conflict():
                conflicts.append(step)
    return contents, tuple(conflicts)


def _place(edit: FileEdit, on: _Placed | None, *, base: str, files: Files) -> _Placed | _Unfit:
    if on is None and contents_of(edit.path, files) != edit.before:
        return _Unfit(f"{edit.path} is at {base:.12} no longer what it was when the change was approved")
    if edit.before is None or edit.after is None:
        whole = _Whole(edit.after)
        return (
            whole if on in {None, whole} else _Unfit(f"an earlier change also creates or removes {edit.path}")
        )
    match on:
        case None:
            return _Text(edit.before, hunks_between(edit.before, edit.after))
        case _Text(before=before, hunks=hunks) if before == edit.before:
            return _add(edit, on, hunks)
        case _:
            return _Unfit(f"an earlier change starts from other contents of {edit.path}")


def _add(edit: FileEdit, on: _Text, hunks: tuple[Hunk, ...]) -> _Text | _Unfit:
    wanted = hunks_between(on.before, edit.after or b"")
    clash = first_overlap(hunks, wanted) or _glued(hunks, wanted)
    if clash is not None:
        return _Unfit(f"an earlier change touches the same lines of {edit.path}, from line {clash.start + 1}")
    if name := missing_import(edit.path, on.before, (*hunks, *wanted)):
        return _Unfit(f"together with an earlier change {edit.path} would use {name} and no longer import it")
    return _Text(on.before, hunks + wanted)


def _glued(placed: tuple[Hunk, ...], wanted: tuple[Hunk, ...]) -> Hunk | None:
    """Return a hunk that would share a line with another one because one of them ends without a line end."""
    pairs = ((hunk, other) for hunk in wanted for other in placed if hunk != other)
    return next((hunk for hunk, other in pairs if _runs_into(hunk, other) or _runs_into(other, hunk)), None)


def _runs_into(first: Hunk, second: Hunk) -> bool:
    open_ended = bool(first.lines) and not first.lines[-1].endswith(b"\n")
    return open_ended and first.end <= second.start


def _contents(file: _Placed) -> bytes | None:
    match file:
        case _Text(before=before, hunks=hunks):
            return apply_hunks(before, hunks)
        case _Whole(after=after):
            return after


def contents_of(path: str, files: Files) -> bytes | None:
    """Return the file's bytes, None where it does not exist or cannot be read as a file any more."""
    if not files.exists(path):
        return None
    try:
        return files.read(path)
    except FileUnreadable:
        return None
