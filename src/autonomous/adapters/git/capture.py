"""Reading a whole repository into a manifest, and what only git itself can put back."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from autonomous.adapters.git import gitstate
from autonomous.adapters.git.blobs import BlobStore
from autonomous.adapters.git.index import read_index
from autonomous.adapters.git.manifest import Manifest
from autonomous.adapters.git.recording import IgnoresOf, Recorder
from autonomous.adapters.git.repository import GitRepository
from autonomous.ports.git import RefUpdate

_OURS = ("refs/heads/auto/", "refs/autonomous/")
_SYMBOLIC = b"ref: "


def capture(
    repository: GitRepository, *, blobs: BlobStore, ignores: IgnoresOf, known: Manifest | None
) -> Manifest:
    """Record everything; files that `known` vouches for are not read again."""
    taken_ns = _file_system_time(repository.state)
    layout = repository.layout
    index = read_index(repository.shadow)
    recorder = Recorder(
        layout.root,
        blobs=blobs,
        ignores=ignores(layout.root, layout.common_dir / "info" / "exclude"),
        tracked={entry.path for entry in index},
        known={} if known is None else {entry.path: entry for entry in known.entries},
        known_ns=0 if known is None else known.taken_ns,
    )
    return Manifest(
        taken_ns=taken_ns,
        entries=tuple(sorted(recorder.entries(), key=lambda entry: entry.path)),
        state=tuple(gitstate.record(layout, blobs)),
        refs={os.fsencode(n): os.fsencode(raw) for n, raw in repository.ref_files.below("refs/").items()},
        staged=tuple(_staged(repository, {entry.oid for entry in index}, blobs)),
    )


def _staged(repository: GitRepository, oids: set[str], blobs: BlobStore) -> Iterator[str]:
    """Keep the blobs that the commit at HEAD does not have: git prunes them when the index forgets them."""
    commit = repository.head().commit
    committed = {entry.oid for entry in repository.tree(commit).entries.values()} if commit else set()
    for oid in sorted(oids - committed):
        if blobs.has(oid):
            yield oid
        elif repository.reader.has(oid):
            yield blobs.put_bytes(repository.reader.blob(oid))


def bring_back_blobs(repository: GitRepository, oids: Sequence[str], *, blobs: BlobStore) -> None:
    """Write staged blobs that git has pruned since into the user's objects again."""
    for oid in oids:
        if not repository.reader.has(oid):
            repository.shadow.runner.run(
                ["hash-object", "-w", "--no-filters", "--stdin"], stdin=blobs.read(oid)
            )


def move_refs(repository: GitRepository, *, target: Manifest, now: Manifest) -> tuple[str, ...]:
    """Move all refs back in one transaction and return the names of those that are left alone.

    A ref that exists only now may be the only name of somebody's commits: it goes only if it is ours. A branch that
    another work tree stands on stays: the files and the index there would not follow.
    """
    mine = repository.head().branch
    elsewhere = {name for name in repository.ref_files.checked_out() if name != mine}
    updates: list[RefUpdate] = []
    left: list[str] = []
    symbolic: dict[str, bytes] = {}
    for raw, new in target.refs.items():
        name, old = os.fsdecode(raw), now.refs.get(raw, b"")
        if name in elsewhere:
            left += [name] if new != old else []
        elif new.startswith(_SYMBOLIC) or old.startswith(_SYMBOLIC):
            symbolic |= {name: new} if new != old else {}
        elif new != old:
            updates.append(RefUpdate(name, old.decode(), new.decode()))
    for raw in now.refs.keys() - target.refs.keys():
        name, old = os.fsdecode(raw), now.refs[raw]
        if name.startswith(_OURS) and name not in elsewhere and not old.startswith(_SYMBOLIC):
            updates.append(RefUpdate(name, old.decode(), ""))
        else:
            left.append(name)
    repository.ref_writer.move(updates)
    for name, new in symbolic.items():
        place = repository.common_dir / name
        place.parent.mkdir(parents=True, exist_ok=True)
        gitstate.write_locked(place, new + b"\n")
    return tuple(sorted(left))


def _file_system_time(folder: Path) -> int:
    """Return the time that the system gives to a file written now, in nanoseconds."""
    with tempfile.TemporaryFile(dir=folder) as stream:
        stream.write(b"now")
        stream.flush()
        return os.fstat(stream.fileno()).st_mtime_ns
