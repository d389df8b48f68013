"""Where settings are written down: files, the environment and flags, each read into dotted keys."""

import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from autonomous.model.errors import UsageError
from autonomous.settings_schema import Origin

ENVIRONMENT_PREFIX = "AUTONOMOUS_"
_LARGEST = 1_000_000  # bytes; a settings file that is larger is none
_HEADER = re.compile(r"^\s*\[\[?([^\]#]+)\]")
_ASSIGNMENT = re.compile(r"""^\s*([A-Za-z0-9_."'\s-]+?)\s*=""")
_DECORATION = str.maketrans("", "", "\"' \t")


class Entry(NamedTuple):
    """One key as somebody wrote it, and where: "pyproject.toml:12", "AUTONOMOUS_FAIL_ON"."""

    key: str
    value: object
    origin: Origin
    where: str


def user_file(environ: Mapping[str, str]) -> Path:
    """Return the path of the user's own settings; without any home, one that never exists."""
    config = Path(environ.get("XDG_CONFIG_HOME", ""))
    if not config.is_absolute():  # to be ignored then, says the XDG base directory specification
        config = Path(environ.get("HOME") or "/nonexistent", ".config")
    return config / "autonomous" / "config.toml"


def from_user(path: Path) -> Iterator[Entry]:
    """Yield what the user's own file sets; nothing when there is no such file."""
    text = _text(path)
    if text is not None:
        yield from _from_tree(_parsed(text, path), text=text, path=path, origin=Origin.USER)


def from_repository(root: Path) -> Iterator[Entry]:
    """Yield what the repository sets, in pyproject.toml or autonomous.toml; UsageError when in both."""
    project, own = root / "pyproject.toml", root / "autonomous.toml"
    project_text, own_text = _text(project), _text(own)
    section = _section(_parsed(project_text, project), project) if project_text is not None else None
    if section is not None and own_text is not None:
        raise UsageError(
            "settings stand in two files of the repository",
            detail=f"[tool.autonomous] in {project}, and {own}",
            hint="move all of them into one of the two files",
        )
    if own_text is not None:
        yield from _from_tree(_parsed(own_text, own), text=own_text, path=own, origin=Origin.REPOSITORY)
    elif section is not None and project_text is not None:
        yield from _from_tree(
            section, text=project_text, path=project, origin=Origin.REPOSITORY, table="tool.autonomous."
        )


def from_environment(environ: Mapping[str, str]) -> Iterator[Entry]:
    """Yield AUTONOMOUS_LIMITS__CHANGES=5 as `limits.changes`."""
    for name, value in sorted(environ.items()):
        if name.startswith(ENVIRONMENT_PREFIX):
            key = name.removeprefix(ENVIRONMENT_PREFIX).lower().replace("__", ".")
            yield Entry(key, value, Origin.ENVIRONMENT, name)


def from_flags(flags: Mapping[str, object]) -> Iterator[Entry]:
    """Yield what flags set, by dotted key or in nested mappings; None stands for a flag that was not given."""
    for key, value in _leaves(flags):
        if value is not None:
            yield Entry(key, value, Origin.FLAG, f"the flag for {key}")


def _from_tree(
    tree: Mapping[str, object], *, text: str, path: Path, origin: Origin, table: str = ""
) -> Iterator[Entry]:
    for key, value in _leaves(tree):
        line = line_of(text, table + key)
        yield Entry(key, value, origin, f"{path}:{line}" if line else str(path))


def _leaves(tree: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _text(path: Path) -> str | None:
    hint = "make it a readable text file, or remove it"
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode) or state.st_size > _LARGEST:
            raise UsageError(
                "the settings file is not a regular file of a sensible size", detail=str(path), hint=hint
            )
        return path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the settings file cannot be read: {error}", detail=str(path), hint=hint) from error


def _parsed(text: str, path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = (
            str(error) if isinstance(error, tomllib.TOMLDecodeError) else "tables or lists nest too deeply"
        )
        raise UsageError(
            f"the settings file is not valid TOML: {reason}", detail=str(path), hint="correct that line"
        ) from error


def _section(tree: Mapping[str, object], path: Path) -> Mapping[str, object] | None:
    tool = tree.get("tool", {})
    section = tool.get("autonomous") if isinstance(tool, Mapping) else None
    if section is None or isinstance(section, Mapping):
        return section
    raise UsageError(
        "[tool.autonomous] is not a table",
        detail=str(path),
        hint="write settings below a line [tool.autonomous]",
    )


def line_of(text: str, key: str) -> int:
    """Return the line, from 1, on which a dotted key is assigned; 0 when it is written in an unusual way."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = header[1].translate(_DECORATION) + "."
        elif assignment := _ASSIGNMENT.match(line):
            full = table + assignment[1].translate(_DECORATION)
            if full == key or key.startswith(f"{full}."):
                return number
    return 0
