"""Which files hold work that the commit does not have."""

import os
from collections.abc import Iterator, Mapping, Sequence

from autonomous.adapters.git.index import IndexEntry, low_bits, read_index
from autonomous.adapters.git.layout import Layout
from autonomous.adapters.git.objects import blob_id
from autonomous.adapters.git.shadow import Shadow
from autonomous.adapters.git.tree import TreeEntry
from autonomous.adapters.git.worktree import read_regular


def uncommitted(
    paths: Sequence[str], *, entries: Mapping[str, TreeEntry], layout: Layout, shadow: Shadow
) -> Iterator[str]:
    """Yield those of `paths` whose index or work-tree content differs from `entries`.

    A file counts as unchanged when its bytes are the blob's, when they are so after CRLF -> LF, or when
    the index vouches for it by its times, size and inode: that covers filters, which are never run.
    """
    try:
        written_ns = (layout.git_dir / "index").stat().st_mtime_ns
    except FileNotFoundError:
        written_ns = 0
    index: dict[str, list[IndexEntry]] = {}
    for entry in read_index(shadow):
        index.setdefault(entry.path, []).append(entry)
    for path in paths:
        if _differs(path, entries.get(path), index.get(path, []), layout, written_ns):
            yield path


def _differs(
    path: str, wanted: TreeEntry | None, staged: Sequence[IndexEntry], layout: Layout, written_ns: int
) -> bool:
    there = os.path.lexists(layout.root / path)
    if wanted is None:
        return there or bool(staged)
    if len(staged) != 1 or _staged_otherwise(staged[0], wanted):
        return True  # also: removed from the index, or a conflict is open
    if not there:
        return not staged[0].skipped
    try:
        data, found = read_regular(layout.root, path)
    except OSError:
        return True  # a link, a pipe or an unreadable file stands where the commit has a file
    same = {data, data.replace(b"\r\n", b"\n")}
    ids = {blob_id(version, object_format=layout.object_format) for version in same}
    return wanted.oid not in ids and not _vouched(staged[0], found, written_ns)


def _staged_otherwise(entry: IndexEntry, wanted: TreeEntry) -> bool:
    return bool(entry.stage) or entry.intent or (entry.mode, entry.oid) != (wanted.mode, wanted.oid)


def _vouched(entry: IndexEntry, found: os.stat_result, written_ns: int) -> bool:
    """Tell whether the index knows this very file; one as young as the index proves nothing (racy git)."""
    return (
        entry.mtime_ns < written_ns
        and entry.mtime_ns == found.st_mtime_ns
        and entry.ctime_ns == found.st_ctime_ns
        and entry.inode == low_bits(found.st_ino)
        and entry.size == low_bits(found.st_size)
    )
