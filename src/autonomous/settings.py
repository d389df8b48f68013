"""The settings cascade: built-in < user < repository (may only narrow) < environment < flags."""

import math
import shlex
import tomllib
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import get_args, get_origin

import msgspec

from autonomous.model.kinds import Severity
from autonomous.settings_errors import refusal, unknown, wrong_type
from autonomous.settings_schema import KEYS, Formatter, Merge, Origin, Settings, leaf_types, value_at
from autonomous.settings_section import commented_section
from autonomous.settings_sources import (
    Entry,
    from_environment,
    from_flags,
    from_repository,
    from_user,
    user_file,
)

__all__ = ["Formatter", "Origin", "Settings", "commented_section", "load", "user_file"]

_TYPES = leaf_types()
_BUILT_IN = Settings()


def load(
    *, root: Path | None, user_file: Path, environ: Mapping[str, str], flags: Mapping[str, object]
) -> Settings:
    """Read every source in order and return the settings, with the origin of each.

    Raises UsageError for an unknown key, a value of the wrong type, a file that cannot be
    read, and for a repository that sets what only its user may.
    """
    values: dict[str, object] = {}
    origins: dict[str, tuple[Origin, ...]] = {}
    sources = chain(
        from_user(user_file),
        from_repository(root) if root else (),
        from_environment(environ),
        from_flags(flags),
    )
    for entry in sources:
        value = _typed(entry)
        before = values.get(entry.key, value_at(_BUILT_IN, entry.key))
        merge = KEYS[entry.key].repository if entry.origin is Origin.REPOSITORY else Merge.REPLACE
        if merge is Merge.REFUSE:
            raise refusal(entry, user_file)
        merged = _merged(before, value, merge=merge)
        if merged != before or merge is Merge.REPLACE:
            joined = origins.get(entry.key, ()) if merge is Merge.ADD else ()
            origins[entry.key] = (*joined, entry.origin)
        values[entry.key] = merged
    return msgspec.convert(_nested(values) | {"origins": origins}, Settings)


def _merged(before: object, value: object, *, merge: Merge) -> object:
    match merge, before, value:
        case Merge.ADD, tuple(), tuple():
            return tuple(dict.fromkeys((*before, *value)))
        case Merge.LOWER, int() | float(), int() | float():
            return min(before, value)
        case Merge.RAISE, Severity(), Severity():
            return min(before, value, key=lambda severity: severity.rank)
        case Merge.FIRST, _, _:
            return before or value
        case _:
            return value


def _nested(values: Mapping[str, object]) -> dict[str, object]:
    tree: dict[str, object] = {}
    tables: dict[str, dict[str, object]] = {}
    for key, value in values.items():
        table, _, name = key.rpartition(".")
        if table:
            tables.setdefault(table, {})[name] = value
        else:
            tree[name] = value
    return tree | tables


def _typed(entry: Entry) -> object:
    kind = _TYPES.get(entry.key)
    if kind is None:
        raise unknown(entry, _TYPES)
    lax = entry.origin is Origin.ENVIRONMENT
    try:
        found = _from_text(entry.value, kind) if lax else entry.value
        value: object = msgspec.convert(found, kind, strict=not lax)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
        raise wrong_type(entry, kind) from error
    if isinstance(value, (int, float)) and not (math.isfinite(value) and value > 0):
        raise wrong_type(entry, kind)
    if isinstance(value, str) and _is_list(kind) and not _splits(value):
        raise wrong_type(entry, kind)
    return value


def _is_list(kind: object) -> bool:
    return any(get_origin(part) is tuple for part in (kind, *get_args(kind)))


def _splits(command: str) -> bool:
    try:
        shlex.split(command)
    except ValueError:  # a quotation that does not end
        return False
    return True


def _from_text(value: object, kind: object) -> object:
    """Read a list out of an environment variable: `a,b` or, with commas inside, `["a,b"]`."""
    if not isinstance(value, str) or not _is_list(kind):
        return value
    if value.lstrip().startswith("["):
        return tomllib.loads(f"value = {value}")["value"]
    if str in get_args(kind) and get_origin(kind) is not tuple:
        return value
    return [part.strip() for part in value.split(",") if part.strip()]
