"""The shadow git directory: our own configuration around the user's objects."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autonomous.adapters.git.layout import Layout, read_small
from autonomous.adapters.git.runner import GitRunner

# Reading must take the tree as it is: what may be written is for our own path rule to say.
_CONFIG = """\
[core]
\trepositoryformatversion = 1
\tbare = true
\tfileMode = true
\tsymlinks = true
\tignoreCase = false
\tprecomposeUnicode = false
\tprotectNTFS = false
\tprotectHFS = false
\tautocrlf = false
\tattributesFile = /dev/null
\texcludesFile = /dev/null
\thooksPath = /dev/null
\tfsmonitor = false
\tuntrackedCache = false
\tsplitIndex = false
\tcommitGraph = false
\tlogAllRefUpdates = false
\tsharedRepository = {shared}
\tfsync = all
\tfsyncMethod = fsync
[extensions]
\tobjectFormat = {object_format}
[gc]
\tauto = 0
[index]
\tsparse = false
\tversion = 2
"""
_SHARED = frozenset({"group", "all", "world", "everybody", "true", "yes", "on", "1", "2"})


class Shadow:
    """A bare git directory of ours in `state`, and the runner that works in it on the user's objects."""

    def __init__(self, layout: Layout, *, state: Path, program: Path) -> None:
        self._layout = layout
        self.git_dir = state / "shadow.git"
        self._scratch = state / "scratch"
        self._write()
        self.runner = GitRunner(program, git_dir=self.git_dir, objects=layout.objects)

    def _write(self) -> None:
        state = self.git_dir.parent
        for folder in (state, self.git_dir, self.git_dir / "refs", self.git_dir / "objects", self._scratch):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        shared = self._layout.config.get("core.sharedrepository", "false").lower()
        text = _CONFIG.format(
            object_format=self._layout.object_format, shared="group" if shared in _SHARED else "false"
        )
        for name, content in (("config", text), ("HEAD", "ref: refs/heads/none\n")):
            if read_small(self.git_dir / name) != content:
                replace_file(self.git_dir / name, content.encode())
        self.copy_shallow()

    def copy_shallow(self) -> None:
        """Bring the list of commits at which history ends up to date."""
        ours = self.git_dir / "shallow"
        try:
            replace_file(ours, (self._layout.common_dir / "shallow").read_bytes())
        except FileNotFoundError:
            ours.unlink(missing_ok=True)

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Give a private folder that is gone afterwards."""
        with tempfile.TemporaryDirectory(dir=self._scratch) as folder:
            yield Path(folder)

    @contextmanager
    def index_copy(self) -> Iterator[Path | None]:
        """Give a copy of the user's index, or None when there is none.

        A split index needs its shared part beside our git directory, where git looks for it.
        """
        shared = list(self._layout.git_dir.glob("sharedindex.*"))
        with self.scratch() as folder:
            try:
                for part in shared:
                    shutil.copyfile(part, self.git_dir / part.name)
                copy = folder / "index"
                try:
                    shutil.copyfile(self._layout.git_dir / "index", copy)
                except FileNotFoundError:
                    yield None
                else:
                    yield copy
            finally:
                for part in shared:
                    (self.git_dir / part.name).unlink(missing_ok=True)


def replace_file(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a file of ours whole or not at all, durably."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.chmod(mode)
        fresh.replace(path)
    except OSError as error:
        error.filename = error.filename or str(path)  # a failed write does not say of which file
        raise
    finally:
        fresh.unlink(missing_ok=True)
