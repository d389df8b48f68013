"""Moving refs: the one command that sees the user's git directory, and the commit point of every step."""

from collections.abc import Sequence

from autonomous.adapters.git.layout import Layout
from autonomous.adapters.git.refs import refuse_linked
from autonomous.adapters.git.runner import GitFailed, GitRunner
from autonomous.adapters.git.stack import Identity
from autonomous.model.errors import Refused
from autonomous.ports.git import RefUpdate

_OPTIONS = (
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.fsmonitor=false",
    "-c", "gc.auto=0",
    "-c", "core.fsync=all",
    "-c", "core.fsyncMethod=fsync",
)  # fmt: skip


class RefWriter:
    """Moves refs of one repository in transactions, each line with its expected old value."""

    def __init__(self, runner: GitRunner, *, layout: Layout, committer: Identity) -> None:
        self._runner, self._layout = runner, layout
        self._identity = {"GIT_COMMITTER_NAME": committer.name, "GIT_COMMITTER_EMAIL": committer.email}

    def move(self, updates: Sequence[RefUpdate]) -> None:
        """Move all refs or none.

        Raises Refused when one is not where it should be, or leads elsewhere, GitFailed when the disk is full.
        """
        if not updates:
            return
        for update in updates:
            refuse_linked(self._layout, update.name)
        try:
            self._runner.run(
                ["update-ref", "--no-deref", "--stdin", "-z"],
                stdin=b"".join(_line(update) for update in updates),
                environment=self._identity,
                options=_OPTIONS,
            )
        except GitFailed as error:
            if error.no_space:
                raise
            raise Refused(
                "the refs could not be moved, and none was",
                detail=error.said,
                hint="somebody else may have moved them: look with `git log --all`, then run this again",
            ) from error

    def sweep_locks(self) -> tuple[str, ...]:
        """Remove the lock files that a killed run of ours left on refs of ours, and return their names.

        Only for the holder of the repository's lock: then nobody of ours is at work.
        """
        refs = self._layout.common_dir / "refs"
        folders = (refs / "heads" / "auto", refs / "autonomous")
        found = [lock for ours in folders if not ours.is_symlink() for lock in sorted(ours.rglob("*.lock"))]
        for place in found:
            place.unlink()
        return tuple(place.relative_to(self._layout.common_dir).as_posix() for place in found)


def _line(update: RefUpdate) -> bytes:
    if not update.old:
        line = f"create {update.name}\0{update.new}\0"
    elif not update.new:
        line = f"delete {update.name}\0{update.old}\0"
    else:
        line = f"update {update.name}\0{update.new}\0{update.old}\0"
    return line.encode("utf-8", "surrogateescape")
