"""Comparing two manifests: what going back takes. Nothing is written here."""

import os
from collections.abc import Iterator

import msgspec

from autonomous.adapters.git.manifest import Entry, Kind, Manifest

_REWRITABLE = frozenset({Kind.FILE, Kind.LINK, Kind.PIPE, Kind.FOLDER})
_REMOVABLE = frozenset({Kind.FILE, Kind.LINK, Kind.FOLDER})


class Plan(msgspec.Struct, frozen=True):
    """What to do, in this order, and what is not touched because its bytes are not ours to lose."""

    remove: tuple[Entry, ...]  # what is in a folder before the folder
    write: tuple[Entry, ...]  # a folder before what is in it
    adjust: tuple[Entry, ...]  # modes, times and attributes of what has the right bytes
    left_alone: tuple[str, ...]


def plan(target: Manifest, now: Manifest) -> Plan:
    """Compare where to go with what is there. Ignored, special and closed entries are never touched."""
    there = {entry.path: entry for entry in now.entries}
    wanted = {entry.path: entry for entry in target.entries}
    remove = [entry for entry in there.values() if entry.path not in wanted and not entry.ignored]
    write, adjust, left = [], [], [entry for entry in remove if entry.kind not in _REMOVABLE]
    for entry, found in _differing(wanted, there):
        if not _ours(entry, found):
            left += [found] if found is not None and not entry.same_content(found) else []
        elif found is not None and entry.same_content(found):
            adjust.append(entry)
        else:
            write.append(entry)
            if found is not None and Kind.FOLDER in {found.kind, entry.kind}:
                remove.append(found)
    return Plan(
        remove=tuple(sorted((e for e in remove if e.kind in _REMOVABLE), key=_path, reverse=True)),
        write=tuple(sorted(write, key=_path)),
        adjust=tuple(adjust),
        left_alone=tuple(os.fsdecode(entry.path) for entry in left),
    )


def _differing(wanted: dict[bytes, Entry], there: dict[bytes, Entry]) -> Iterator[tuple[Entry, Entry | None]]:
    for path, entry in wanted.items():
        found = there.get(path)
        if found is None or not entry.same(found):
            yield entry, found


def _ours(entry: Entry, found: Entry | None) -> bool:
    """Tell whether both sides are recorded well enough to put one in the place of the other."""
    sides = [entry] if found is None else [entry, found]
    return all(side.kind in _REWRITABLE and not side.ignored for side in sides)


def _path(entry: Entry) -> bytes:
    return entry.path
