"""Mypy on a change: which type errors it brings to the changed files and to those that import them."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from autonomous.adapters.analyzers.mypy_options import options
from autonomous.adapters.analyzers.mypy_process import MypyBlocked, MypyGaveUp, MypyProcess
from autonomous.adapters.analyzers.mypy_tree import TypedTree, both_sides
from autonomous.adapters.analyzers.together import together
from autonomous.model.change import ChangeSet
from autonomous.model.finding import Span
from autonomous.model.issue import Analysis, Issue
from autonomous.model.kinds import Severity
from autonomous.ports.files import Files

if TYPE_CHECKING:
    from autonomous.model.digest import Digest

_TREE: Final = "tree"
_IMPORTERS: Final = 20
_AT_ONCE: Final = 400  # files of a tree that are checked in one go at first: cheaper than one by one
_BLOCKED: Final = 2  # mypy's exit status when it could not check at all
_LINE: Final = re.compile(r"\bline \d+")


class Types:
    """Checks statically and with a configuration of its own: the repository's plugins are never loaded.

    `scratch` gets a copy of the tree's Python files and mypy's cache; kept between runs, it makes the first
    answer faster. Dependencies of the project count as `Any`. At most `_IMPORTERS` importers are checked.
    """

    name = "types"

    def __init__(self, scratch: Path, *, seconds: float = 60.0, memory_mb: int = 4096) -> None:
        self._scratch = scratch
        self._tree = TypedTree(scratch / _TREE)
        self._process = MypyProcess(scratch, seconds=seconds, memory_mb=memory_mb)
        self._files: Files | None = None
        self._before: dict[str, tuple[Issue, ...]] = {}
        self._clean: set[Digest] = set()

    def prepare(self, changes: Sequence[ChangeSet], files: Files) -> None:
        """Check all changes that fit on one another in one go; where nothing is new, each passes."""
        if len(changes) <= 1:
            return
        combined, fitting = together(changes)
        found = self.compare(combined, files)
        if not found.new and not found.unknown:
            self._clean.update(change.digest for change in fitting)

    def compare(self, change: ChangeSet, files: Files) -> Analysis:
        """Return the errors that are there only with the change; unknown when mypy gives up."""
        if change.digest in self._clean:
            return Analysis()
        edits = both_sides(change.edits)
        if not edits:
            return Analysis()
        try:
            self._prepare(files)
            news = [self._tree.put(edit, after=False) for edit in edits.values()]
            if any(news):
                self._before.clear()  # the change starts from another version than the last ones did
            importers = (one for path in edits for one in self._tree.importers(path, most=_IMPORTERS))
            paths = tuple(dict.fromkeys((*edits, *importers)))
            before = self._known(paths)
            for edit in edits.values():
                self._tree.put(edit, after=True)
            after = self._errors([path for path in paths if self._tree.holds(path)])
        except (MypyGaveUp, OSError) as fault:
            self._files, self._tree = None, TypedTree(self._scratch / _TREE)  # start afresh next time
            return Analysis(unknown=f"types were not checked: {fault}")
        for edit in edits.values():
            self._tree.put(edit, after=False)
        return _difference(before, after)

    def close(self) -> None:
        """End the helper process."""
        self._process.close()

    def _prepare(self, files: Files) -> None:
        """Copy the tree when it is another one than last time."""
        if files is self._files:
            return
        self._scratch.mkdir(parents=True, exist_ok=True)
        self._tree.sync(files)
        self._before.clear()
        config = options(files, self._tree.bases())
        (self._scratch / "mypy.ini").write_text(config, encoding="utf-8")
        self._files = files

    def _known(self, paths: Sequence[str]) -> tuple[Issue, ...]:
        """Return the errors of the tree without the change, asking only for files not seen yet."""
        if not self._before and len(self._tree.paths) <= _AT_ONCE:
            try:
                self._learn(self._tree.paths)
            except MypyBlocked:
                self._before.clear()  # one file that mypy cannot read; ask for each file by itself
        self._learn([path for path in paths if path not in self._before and self._tree.holds(path)])
        return tuple(issue for path in paths for issue in self._before.get(path, ()))

    def _learn(self, paths: Sequence[str]) -> None:
        found = self._errors(paths)
        self._before.update((path, tuple(issue for issue in found if issue.path == path)) for path in paths)

    def _errors(self, paths: Sequence[str]) -> tuple[Issue, ...]:
        if not paths:
            return ()
        flags = ("--config-file", "mypy.ini", "--cache-dir", "cache", "--sqlite-cache", "--output", "json")
        out, err, status = self._process.run([*flags, *(f"{_TREE}/{path}" for path in paths)])
        if status == _BLOCKED:
            raise MypyBlocked(_first_reason(out, err).replace(f"{_TREE}/", ""))
        return tuple(_issues(out))


def _difference(before: Sequence[Issue], after: Sequence[Issue]) -> Analysis:
    old, new = Counter(issue.key for issue in before), Counter(issue.key for issue in after)
    came = new - old
    fresh: list[Issue] = []
    for issue in after:
        if came[issue.key] > 0:
            came[issue.key] -= 1
            fresh.append(issue)
    return Analysis(new=tuple(fresh), gone=(old - new).total())


def _issues(out: str) -> Iterator[Issue]:
    for line in out.splitlines():
        row = json.loads(line) if line.startswith("{") else {}
        if row.get("severity") != "error":
            continue
        path = str(row["file"]).removeprefix(f"{_TREE}/")
        number, column = max(1, int(row["line"])), int(row["column"]) + 1
        code, message = str(row["code"] or ""), str(row["message"])
        key = f"{path} {code} {_LINE.sub('line N', message)}"
        span = Span(number, max(1, column), number, max(1, column))
        yield Issue("mypy", code, message, path, span, Severity.MEDIUM, key)


def _first_reason(out: str, err: str) -> str:
    if out.startswith("{"):
        return str(json.loads(out.splitlines()[0])["message"])
    return (err or out).strip().partition("\n")[0]
