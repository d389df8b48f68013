"""A diff on standard input: which lines of which files it adds."""

from collections.abc import Iterator, Sequence

from unidiff.errors import UnidiffParseError
from unidiff.patch import PatchedFile, PatchSet

from autonomous.model.errors import UsageError
from autonomous.model.finding import Target


def changed_lines(data: bytes, *, below: Sequence[str] = ()) -> Target:
    """Return the target that a unified diff names, as the files are after it.

    `below` keeps only files below these paths. Raises UsageError for what is no unified diff.
    """
    try:
        patch = PatchSet(data.decode("utf-8", "surrogateescape"))
    except UnidiffParseError as error:
        raise _not_a_diff(str(error)) from error
    if not patch and data.strip():
        raise _not_a_diff("it names no file")
    lines = {
        file.path: tuple(_ranges(_added(file)))
        for file in patch
        if not file.is_removed_file and file.path.endswith((".py", ".pyi")) and _is_below(file.path, below)
    }
    return Target(paths=tuple(lines), lines=lines)


def _is_below(path: str, below: Sequence[str]) -> bool:
    return not below or any(folder in {"", path} or path.startswith(f"{folder}/") for folder in below)


def _added(file: PatchedFile) -> list[int]:
    numbers = (line.target_line_no for hunk in file for line in hunk if line.is_added)
    return sorted(number for number in numbers if number is not None)


def _ranges(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for number in numbers:
        if first is None or last is None:
            first = last = number
        elif number == last + 1:
            last = number
        else:
            yield first, last
            first = last = number
    if first is not None and last is not None:
        yield first, last


def _not_a_diff(reason: str) -> UsageError:
    return UsageError(
        "standard input is not a unified diff",
        detail=reason,
        hint="for example: git diff main | autonomous scan -",
    )
