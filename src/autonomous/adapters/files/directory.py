"""The Python files of a directory on disk, which may be hostile and may change meanwhile."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from autonomous.adapters.files.ignore import IgnoreRules
from autonomous.adapters.files.reading import read_bytes, reason_for
from autonomous.adapters.files.walk import LeftOut, SourceWalk
from autonomous.ports.files import FileUnreadable


class DirectoryFiles:
    """`Files` of a directory: `*.py`, `*.pyi` and scripts with a Python shebang.

    Directories that hold no source of the project's own (virtual environments, caches, `build`, `dist`),
    ignored files and those that match `exclude` (patterns as in .gitignore) are left out; a file that a
    target names is always taken. What a walk comes upon and cannot read is handed to `report`.
    """

    def __init__(
        self,
        root: Path,
        *,
        exclude: Sequence[str] = (),
        max_bytes: int,
        report: Callable[[FileUnreadable], None],
    ) -> None:
        self._root = root.resolve()
        self._exclude, self._max_bytes, self._report = tuple(exclude), max_bytes, report
        self._walk = SourceWalk(self._root, report=report)

    def paths(self, targets: Sequence[str] = ()) -> Iterator[str]:
        """Yield the files below the targets, each once, in sorted order below each target."""
        seen: set[str] = set()
        for target in sorted({self._normal(target) for target in targets or ["."]}):
            for path in self._below(target):
                if path not in seen:
                    seen.add(path)
                    yield path

    def read(self, path: str) -> bytes:
        """Return the exact bytes; raises FileUnreadable with the reason in words."""
        return read_bytes(self._root, path, max_bytes=self._max_bytes)

    def exists(self, path: str) -> bool:
        """Tell whether `path` is a regular file, and no link."""
        try:
            return stat.S_ISREG((self._root / path).lstat().st_mode)
        except (OSError, ValueError):
            return False

    def _normal(self, target: str) -> str:
        text = os.path.normpath(target)
        if text.startswith("/"):
            text = os.path.relpath(text, self._root)
        return "" if text == "." else text

    def _below(self, target: str) -> Iterator[str]:
        if target.split("/", 1)[0] == "..":
            self._report(FileUnreadable(target, "it lies outside of the directory"))
            return
        try:
            mode = (self._root / target).lstat().st_mode
        except (OSError, ValueError) as error:
            reason = reason_for(error) if isinstance(error, OSError) else "it is no file name"
            self._report(FileUnreadable(target, reason))
            return
        if stat.S_ISDIR(mode):
            yield from self._walk.below(target, self._left_out(target))
        else:
            yield target

    def _left_out(self, target: str) -> LeftOut:
        """Join the exclusions with what .gitignore says; inside of a target that is ignored itself, only
        its own .gitignore files count: whoever names it wants to see it.
        """
        rules = IgnoreRules(self._root, also=[self._root / ".git" / "info" / "exclude"])
        cut = 0
        if target and any(
            rules.ignored(above, directory=True) for above in [target, *map(str, Path(target).parents)][:-1]
        ):
            rules, cut = IgnoreRules(self._root / target), len(target) + 1
        if not self._exclude:
            return lambda path, directory: rules.ignored(path[cut:], directory=directory)
        from pathspec import GitIgnoreSpec

        excluded = GitIgnoreSpec.from_lines(self._exclude)
        return lambda path, directory: (
            excluded.match_file(path + "/" * directory) or rules.ignored(path[cut:], directory=directory)
        )
