"""Many changes as one: what a slow analyzer is asked about first, since most changes are fine."""

from collections.abc import Iterator, Sequence

from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.patch import Hunk, apply_hunks, first_overlap, hunks_between


def together(changes: Sequence[ChangeSet]) -> tuple[ChangeSet, tuple[ChangeSet, ...]]:
    """Return one change that holds all those that fit on one another, and which they are.

    A change that creates or removes a file, starts from other bytes, or touches the lines of one before it is
    left out. Raises IndexError for no change at all.
    """
    before: dict[str, bytes] = {}
    placed: dict[str, tuple[Hunk, ...]] = {}
    fitting: list[ChangeSet] = []
    for change in changes:
        wanted = dict(_hunks(change, before, placed))
        if len(wanted) == len(change.edits):
            placed |= {path: placed.get(path, ()) + hunks for path, hunks in wanted.items()}
            before |= {edit.path: edit.before or b"" for edit in change.edits}
            fitting.append(change)
    edits = (FileEdit(path, before[path], apply_hunks(before[path], hunks)) for path, hunks in placed.items())
    return ChangeSet(changes[0].base, tuple(edits)), tuple(fitting)


def _hunks(
    change: ChangeSet, before: dict[str, bytes], placed: dict[str, tuple[Hunk, ...]]
) -> Iterator[tuple[str, tuple[Hunk, ...]]]:
    """Yield path and hunks of the edits that fit on what is placed."""
    for edit in change.edits:
        if edit.before is None or edit.after is None or before.get(edit.path, edit.before) != edit.before:
            continue
        hunks = hunks_between(edit.before, edit.after)
        if first_overlap(placed.get(edit.path, ()), hunks) is None:
            yield edit.path, hunks
