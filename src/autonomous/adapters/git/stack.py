"""Commits out of bytes: a temporary index, blobs, trees and commits, and never a checkout."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from autonomous.adapters.git.objects import blob_id
from autonomous.adapters.git.paths import refuse, refuse_in_tree
from autonomous.adapters.git.runner import GitRunner
from autonomous.adapters.git.tree import CommitFiles, TreeEntry
from autonomous.model.errors import Refused
from autonomous.ports.clock import Clock
from autonomous.ports.git import CommitStep

_NEW_FILE = "100644"


class Identity(msgspec.Struct, frozen=True):
    """A name and a mail address, as commits carry them."""

    name: str
    email: str


class CommitWriter:
    """Writes stacks of commits as objects; author and committer of every commit are given."""

    def __init__(
        self, runner: GitRunner, *, author: Identity, committer: Identity, clock: Clock, object_format: str
    ) -> None:
        self._runner, self._author, self._committer = runner, author, committer
        self._clock, self._format = clock, object_format

    def write(self, base: CommitFiles, steps: Sequence[CommitStep], *, folder: Path) -> tuple[str, ...]:
        """Write one commit per step on top of `base`, using an empty `folder`, and return their ids.

        Raises Refused, before anything is written, for a path that the path rule forbids.
        """
        lines = self._index_lines(base.entries, steps)
        self._write_blobs(
            [data for step in steps for data in step.contents.values() if data is not None], folder
        )
        environment = self._environment(folder / "index")
        self._runner.run(["read-tree", base.commit], environment=environment)
        parent, commits = base.commit, []
        for step, stdin in zip(steps, lines, strict=True):
            self._runner.run(["update-index", "-z", "--index-info"], stdin=stdin, environment=environment)
            tree = self._runner.run(["write-tree", "--missing-ok"], environment=environment).decode().strip()
            parent = self._commit(tree, parent, message=step.message, environment=environment)
            commits.append(parent)
        return tuple(commits)

    def _index_lines(self, entries: Mapping[str, TreeEntry], steps: Sequence[CommitStep]) -> list[bytes]:
        tree = dict(entries)
        return [b"".join(self._step_lines(tree, step)) for step in steps]

    def _step_lines(self, tree: dict[str, TreeEntry], step: CommitStep) -> Iterator[bytes]:
        for path, data in step.contents.items():
            reason = refuse(path, allow=step.allowed) or refuse_in_tree(path, tree)
            if reason is not None:
                raise Refused(
                    f"{path} may not be changed: {reason}",
                    detail=path,
                    hint="make this change by hand, or approve it for this very file",
                )
            if data is None:
                gone = tree.pop(path, None)
                if gone is None:
                    raise Refused(
                        f"{path} cannot be removed: it is not there", detail=path, hint="scan again"
                    )
                line = f"0 {'0' * len(gone.oid)}\t"
            else:
                mode = tree[path].mode if path in tree else _NEW_FILE
                oid = blob_id(data, object_format=self._format)
                tree[path] = TreeEntry(mode, oid)
                line = f"{mode} {oid}\t"
            yield line.encode() + path.encode("utf-8", "surrogateescape") + b"\0"

    def _write_blobs(self, contents: Sequence[bytes], folder: Path) -> None:
        wanted = {blob_id(data, object_format=self._format): data for data in contents}
        if not wanted:
            return
        for oid, data in wanted.items():
            (folder / oid).write_bytes(data)
        names = "".join(f"{folder / oid}\n" for oid in wanted)
        said = self._runner.run(
            ["hash-object", "-w", "--no-filters", "--stdin-paths"],
            stdin=names.encode("utf-8", "surrogateescape"),
        )
        if said.decode().split() != list(wanted):
            raise Refused(
                "git named a blob otherwise than expected", detail=str(folder), hint="run `autonomous doctor`"
            )

    def _commit(self, tree: str, parent: str, *, message: str, environment: Mapping[str, str]) -> str:
        said = self._runner.run(
            ["commit-tree", tree, "-p", parent, "-F", "-"],
            stdin=message.encode("utf-8", "surrogateescape"),
            environment=environment,
        )
        return said.decode().strip()

    def _environment(self, index: Path) -> dict[str, str]:
        date = f"@{int(self._clock.now().timestamp())} +0000"
        return {
            "GIT_INDEX_FILE": str(index),
            "GIT_AUTHOR_NAME": self._author.name,
            "GIT_AUTHOR_EMAIL": self._author.email,
            "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_NAME": self._committer.name,
            "GIT_COMMITTER_EMAIL": self._committer.email,
            "GIT_COMMITTER_DATE": date,
        }
