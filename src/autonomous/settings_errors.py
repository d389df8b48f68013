"""What to say about a setting that cannot be meant: which key, where, what was expected, and a guess."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated, get_args, get_origin

from autonomous.model.errors import UsageError
from autonomous.settings_sources import Entry

_SHOWN = 80  # characters of a value that somebody else may have written


def unknown(entry: Entry, types: Mapping[str, object]) -> UsageError:
    """There is no such key; guess which one was meant."""
    if any(key.startswith(f"{entry.key}.") for key in types):
        message = f"setting `{entry.key}` must be a table, not {_shown(entry.value)}"
        return UsageError(message, detail=entry.where, hint=f"write its keys as {entry.key}.NAME = ...")
    last_parts = {key.rpartition(".")[2]: key for key in types}
    guesses = get_close_matches(entry.key, types, n=1) or [
        last_parts[part] for part in get_close_matches(entry.key.rpartition(".")[2], last_parts, n=1)
    ]
    hint = (
        f"did you mean `{guesses[0]}`?"
        if guesses
        else "`autonomous init` writes a section with every setting"
    )
    return UsageError(f"there is no setting `{entry.key}`", detail=entry.where, hint=hint)


def wrong_type(entry: Entry, kind: object) -> UsageError:
    """The value is not of the type that the key has."""
    message = f"setting `{entry.key}` must be {_words(kind)}, not {_shown(entry.value)}"
    options = tuple(_options(kind))
    guesses = [match for text in _texts(entry.value) for match in get_close_matches(text, options, n=1)]
    fresh = [guess for guess in guesses if guess not in _texts(entry.value)]
    hint = f"did you mean {fresh[0]!r}?" if fresh else "correct the value, or remove it"
    return UsageError(message, detail=entry.where, hint=hint)


def refusal(entry: Entry, user_file: Path) -> UsageError:
    """A repository tries to set what only the person who runs the program may."""
    return UsageError(
        f"a repository cannot set `{entry.key}`",
        detail=entry.where,
        hint=f"remove it there; if you want it, put it into {user_file}",
    )


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _words(kind: object) -> str:
    if get_origin(kind) is Annotated:
        inner, meta = get_args(kind)
        return str(meta.description) if meta.description else _words(inner)
    if options := tuple(_options(kind)):
        several = "a list of some of" if get_origin(kind) is tuple else "one of"
        return f"{several} {', '.join(options)}"
    if get_origin(kind) is tuple:
        return f"a list of {_words(get_args(kind)[0])}"
    if parts := get_args(kind):
        return " or ".join(_words(part) for part in parts)
    if kind in {int, float}:
        return "a whole number above 0" if kind is int else "a number above 0"
    return "text"


def _options(kind: object) -> Iterator[str]:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        yield from (member.value for member in kind)
    elif get_origin(kind) is tuple:
        yield from _options(get_args(kind)[0])


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(","))
    return tuple(part for part in value if isinstance(part, str)) if isinstance(value, Iterable) else ()
