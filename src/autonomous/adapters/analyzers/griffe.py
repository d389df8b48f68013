"""Griffe, statically: which public names and signatures of a module a change breaks."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.finding import Span
from autonomous.model.issue import Analysis, Issue
from autonomous.model.kinds import Severity
from autonomous.ports.files import Files

if TYPE_CHECKING:
    import griffe

_LARGEST: Final = 1_000_000
_NOT_API: Final = frozenset({"test", "tests", "testing", "docs", "examples", "benchmarks", "scripts"})


class Interface:
    """Compares each changed module with itself; nothing of it is imported.

    Modules are compared alone: what they re-export from others is theirs to compare.
    """

    name = "api"

    def prepare(self, changes: Sequence[ChangeSet], files: Files) -> None:
        """Nothing is alike here: each change is judged by itself."""

    def compare(self, change: ChangeSet, files: Files) -> Analysis:
        """Return breaking changes as issues; `files` is not read. Unknown for source that griffe refuses."""
        del files  # a module's own interface is all in its own text
        new: list[Issue] = []
        for edit in change.edits:
            if edit.before is not None and is_interface(edit.path):
                try:
                    new += _breakages(edit)
                except (SyntaxError, ValueError, RecursionError) as error:
                    return Analysis(unknown=f"griffe cannot read {edit.path}: {type(error).__name__}")
        return Analysis(new=tuple(new))


def is_interface(path: str) -> bool:
    """Tell whether others may import from this file: Python, no test, no private part in its path."""
    parts = PurePosixPath(path).with_suffix("").parts
    private = any(part.startswith("_") and part != "__init__" for part in parts)
    return (
        path.endswith(".py")
        and not private
        and _NOT_API.isdisjoint(parts)
        and not parts[-1].startswith("test_")
    )


def _breakages(edit: FileEdit) -> Iterator[Issue]:
    import griffe

    old, new = _module(edit.path, edit.before or b""), _module(edit.path, edit.after or b"")
    for breakage in griffe.find_breaking_changes(old, new):
        if breakage.kind.name == "CLASS_REMOVED_BASE" and _bases(breakage.old_value) == _bases(
            breakage.new_value
        ):
            continue
        thing = breakage.obj.path.removeprefix(f"{old.path}.")
        what = breakage.kind.value.lower()
        detail = _parameter(breakage)
        # A name that was imported from elsewhere has no line of its own.
        line = 1 if breakage.obj.is_alias else breakage.obj.lineno or 1
        yield Issue(
            tool="griffe",
            code=breakage.kind.name.lower().replace("_", "-"),
            message=f"{thing}{detail}: {what}",
            path=edit.path,
            span=Span(line, 1, line, 1),
            severity=Severity.MEDIUM,
            key=f"{breakage.kind.name} {thing} {detail}",
            breaking=True,
        )


def _bases(value: object) -> list[str]:
    """Base classes as text, without `object`, which is always one."""
    return [str(base) for base in value if str(base) != "object"] if isinstance(value, list) else []


def _parameter(breakage: "griffe.Breakage") -> str:
    value = breakage.old_value if breakage.old_value is not None else breakage.new_value
    name = getattr(value, "name", "")
    return f"({name})" if isinstance(name, str) and name and "PARAMETER" in breakage.kind.name else ""


def _module(path: str, data: bytes) -> "griffe.Module":
    import griffe

    return griffe.visit(PurePosixPath(path).stem, filepath=Path(path), code=data.decode("utf-8-sig"))
