"""A diff on standard input: which lines of which files it adds."""

import re
from collections.abc import Iterator, Sequence

from unidiff.errors import UnidiffParseError
from unidiff.patch import PatchedFile, PatchSet

from autonomous.model.errors import UsageError
from autonomous.model.finding import Target

_READ = (
    "--- ",
    "+++ ",
    "@@",
    " ",
    "+",
    "-",
    "\\",
)  # what a unified diff is made of; the rest are git's own lines
_GIT = "diff --git "
_QUOTED = re.compile(r"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_PREFIX = re.compile(r"[abciow12]/")  # git's, also with diff.mnemonicPrefix and --no-index


def changed_lines(data: bytes, *, below: Sequence[str] = ()) -> Target:
    """Return the target that a unified diff names, as the files are after it.

    `below` keeps only files below these paths. Raises UsageError for what is no unified diff.
    """
    text = [line.removesuffix("\r") for line in data.decode("utf-8", "surrogateescape").split("\n")]
    try:
        patch = PatchSet(f"{line}\n" for line in text if not line or line.startswith(_READ))
    except UnidiffParseError as error:
        raise _not_a_diff(str(error)) from error
    if not patch and data.strip() and not any(line.startswith(_GIT) for line in text):
        raise _not_a_diff("it names no file")
    named = ((_path(file), file) for file in patch if not file.is_removed_file)
    lines = {
        path: tuple(_ranges(_added(file)))
        for path, file in named
        if path.endswith((".py", ".pyi")) and _is_below(path, below)
    }
    return Target(paths=tuple(lines), lines=lines)


def _path(file: PatchedFile) -> str:
    """Return the name after the change, without git's prefix, which is another one before the change."""
    before, after = _unquoted(file.source_file), _unquoted(file.target_file)
    return after[2:] if _PREFIX.match(after) and before[:2] != after[:2] else after


def _unquoted(name: str) -> str:
    r"""Take off the quotes of a name with unusual characters: git writes "caf\303\251.py", bytes in octal."""
    if not (name.startswith('"') and name.endswith('"')):
        return name
    plain = _QUOTED.sub(_unescaped, name[1:-1].encode("utf-8", "surrogateescape").decode("latin-1"))
    return plain.encode("latin-1").decode("utf-8", "surrogateescape")


def _unescaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[1]) or (chr(int(found[1], 8) & 0xFF) if found[1].isdigit() else found[1])


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
