"""Checkpoints: recording a repository byte for byte in our own store, and bringing it back."""

import os
from collections.abc import Sequence

from autonomous.adapters.git import gitstate
from autonomous.adapters.git.blobs import BlobStore
from autonomous.adapters.git.capture import bring_back_blobs, capture, move_refs
from autonomous.adapters.git.manifest import Kind, Manifest, Shelf, encode
from autonomous.adapters.git.obstacles import operations
from autonomous.adapters.git.planning import Plan, plan
from autonomous.adapters.git.recording import IgnoresOf
from autonomous.adapters.git.repository import GitRepository
from autonomous.adapters.git.restoring import WorkTreeWriter
from autonomous.model.checkpoint import Checkpoint, Restored
from autonomous.model.digest import digest_of
from autonomous.model.errors import Refused
from autonomous.ports.clock import Clock

_SYMBOLIC = b"ref: "
_KEPT = 20  # checkpoints of runs in one work tree


class GitCheckpoints:
    """`Checkpoints` of one work tree, kept in the repository's state directory.

    `ignores` reads the .gitignore files of a directory. Ignored files are recorded by their hash, so
    that their bytes neither fill the store nor come back; they are never touched.
    """

    def __init__(self, repository: GitRepository, *, clock: Clock, ignores: IgnoresOf) -> None:
        self._repository, self._clock, self._ignores = repository, clock, ignores
        self._layout = repository.layout
        self._blobs = BlobStore(
            repository.shadow.git_dir / "objects", object_format=repository.layout.object_format
        )
        name = digest_of(os.fsencode(repository.root))[:16]  # linked work trees share the state directory
        self._shelf = Shelf(repository.state / "checkpoints" / name)

    def create(self, *, workflow: str, reason: str) -> Checkpoint:
        """Record work tree, index, HEAD, refs, logs and operations under way byte for byte.

        Of those that runs made, the oldest go then; what a person asked for stays.
        """
        made = self._record(workflow=workflow, reason=reason)
        self._forget([one for one in self._shelf.checkpoints() if one.workflow][_KEPT:])
        return made

    def _record(self, *, workflow: str, reason: str) -> Checkpoint:
        newest = next(iter(self._shelf.checkpoints()), None)
        known = None if newest is None else self._shelf.manifest(newest)
        manifest = capture(self._repository, blobs=self._blobs, ignores=self._ignores, known=known)
        data, digest = encode(manifest)
        self._blobs.flush()
        at = self._clock.now()
        made = len(self._shelf.checkpoints())
        kept = [entry for entry in manifest.entries if entry.kind is not Kind.FOLDER and not entry.ignored]
        checkpoint = Checkpoint(
            id=f"cp-{digest_of(digest.encode(), at.isoformat().encode(), b'%d' % made)[:10]}",
            at=at,
            workflow=workflow,
            reason=reason,
            manifest=digest,
            head=self._repository.head().commit,
            files=len(kept),
            bytes=sum(entry.stamp.size for entry in kept if entry.kind is Kind.FILE),
        )
        self._shelf.save(checkpoint, data)
        return checkpoint

    def list(self) -> tuple[Checkpoint, ...]:
        """Return all checkpoints, newest first."""
        return self._shelf.checkpoints()

    def restore(self, checkpoint_id: str) -> Restored:
        """Bring the repository back, after making a checkpoint of the state as it is.

        Files that exist only now are in that checkpoint before they are removed. Refs that exist only
        now are left alone unless they are ours, and logs of refs are only completed: no commit loses
        its last name. Raises Refused when the id names no checkpoint, an operation is under way or
        something that is needed is missing; nothing was changed then.
        """
        checkpoint = self._find(checkpoint_id)
        target = self._shelf.manifest(checkpoint)
        for obstacle in operations(self._layout):
            raise Refused(obstacle.what, detail=obstacle.why, hint=obstacle.hint)
        before = self._record(workflow=checkpoint.workflow, reason=f"before going back to {checkpoint.id}")
        now = self._shelf.manifest(before)
        steps = plan(target, now)
        self._check(target, steps)
        kept_refs = move_refs(self._repository, target=target, now=now)
        bring_back_blobs(self._repository, target.staged, blobs=self._blobs)
        gitstate.put_back(self._layout, target=target, now=now, blobs=self._blobs, index=False)
        writer = WorkTreeWriter(self._repository.root, blobs=self._blobs, target=target, now=now)
        writer.carry_out(steps)
        gitstate.put_back(self._layout, target=target, now=now, blobs=self._blobs, index=True)
        return Restored(
            checkpoint=checkpoint.id,
            written=tuple(writer.written),
            removed=tuple(writer.removed),
            left_alone=(*kept_refs, *writer.left_alone),
            before=before.id,
        )

    def prune(self, *, keep: int) -> int:
        """Forget all but the newest `keep` checkpoints and return the bytes that were freed."""
        return self._forget(self._shelf.checkpoints()[keep:])

    def _forget(self, old: Sequence[Checkpoint]) -> int:
        if not old:
            return 0
        shelves = [Shelf(folder) for folder in (self._repository.state / "checkpoints").iterdir()]
        freed = sum(self._shelf.forget(checkpoint) for checkpoint in old)
        kept: set[str] = set()
        for shelf in shelves:
            for checkpoint in shelf.checkpoints():
                kept |= shelf.manifest(checkpoint).blobs()
        return freed + self._blobs.sweep(kept)

    def _find(self, checkpoint_id: str) -> Checkpoint:
        found = [one for one in self._shelf.checkpoints() if one.id.startswith(checkpoint_id)]
        if not checkpoint_id or len(found) != 1:
            raise Refused(
                "several checkpoints begin so" if found else "there is no such checkpoint",
                detail=checkpoint_id,
                hint="choose one of: autonomous checkpoints",
            )
        return found[0]

    def _check(self, target: Manifest, steps: Plan) -> None:
        """Raise Refused when a blob or a commit that is needed is gone or damaged."""
        needed = {entry.blob for entry in steps.write if entry.blob} | set(target.staged)
        missing = [
            oid for oid in needed | {file.blob for file in target.state} if not self._blobs.intact(oid)
        ]
        refs = [raw for raw in target.refs.values() if not raw.startswith(_SYMBOLIC)]
        missing += [raw.decode() for raw in refs if not self._repository.reader.has(raw.decode())]
        if missing:
            raise Refused(
                "not everything of that checkpoint is there any more, or it is damaged",
                detail=", ".join(missing),
                hint="choose a newer one: autonomous checkpoints",
            )
