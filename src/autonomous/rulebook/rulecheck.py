"""Reads a rule.toml and says what is wrong with it: which key, why, and what was probably meant."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import msgspec

from autonomous.rulebook.faults import RuleBroken
from autonomous.rulebook.schema import Fix, Match, RuleFile, Where
from autonomous.rulebook.template import fault_of, holes_of
from autonomous.rulebook.wants import Want

_ID = re.compile(r"AUT\d{3}")
_AT = re.compile(r" - at `\$\.?(?P<key>[^`]*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>[^`]*)`")
_decoder = msgspec.toml.decode


def read_rule_file(path: Path, *, finder: bool, fixers: bool) -> RuleFile:
    """Read and check a rule.toml; `finder` and `fixers` tell whether rule.py and fix.py stand beside it.

    Raises RuleBroken, which names the file and the key, and guesses at misspelt keys.
    """
    try:
        data = _decoder(path.read_bytes(), type=RuleFile)
    except msgspec.ValidationError as error:
        raise _invalid(path, str(error)) from error
    except msgspec.DecodeError as error:
        raise RuleBroken(path, f"is no TOML: {error}") from error
    except OSError as error:
        raise RuleBroken(path, f"can't be read: {error.strerror}") from error
    for key, reason in _faults(data, finder=finder, fixers=fixers):
        raise RuleBroken(path, reason, key=key)
    return data


def _invalid(path: Path, message: str) -> RuleBroken:
    at = _AT.search(message)
    key, reason = (at["key"], message[: at.start()]) if at else ("", message)
    unknown = _UNKNOWN.match(reason)
    if unknown:
        known = list(_type_at(key).__struct_fields__)
        guess = get_close_matches(unknown["name"], known, n=1)
        reason = (
            f"unknown key; did you mean `{guess[0]}`?" if guess else f"unknown key; known: {', '.join(known)}"
        )
        key = f"{key}.{unknown['name']}".lstrip(".")
    return RuleBroken(path, reason[:1].lower() + reason[1:], key=key)


def _type_at(key: str) -> type[msgspec.Struct]:
    if re.search(r"(?:where|unless)\[", key):
        return Where
    first = re.match(r"\w*", key)
    types: dict[str, type[msgspec.Struct]] = {"match": Match, "fix": Fix}
    return types.get(first.group() if first else "", RuleFile)


def _faults(data: RuleFile, *, finder: bool, fixers: bool) -> Iterator[tuple[str, str]]:
    if not _ID.fullmatch(data.id):
        yield "id", f"`{data.id}` is not AUT and three digits"
    if not 0.0 <= data.confidence <= 1.0:
        yield "confidence", f"{data.confidence} is not between 0 and 1"
    if not data.match and not finder:
        yield "match", "there is no pattern, and no rule.py that finds the hits"
    known = None if finder else frozenset(hole for match in data.match for hole in _holes(match))
    if known is not None:
        yield from _unknown("message", data.message, known)
    for number, match in enumerate(data.match):
        yield from _conditions(f"match[{number}]", match, _holes(match))
    for number, fix in enumerate(_fixes(data)):
        key = f"fix[{number}]" if isinstance(data.fix, tuple) else "fix"
        yield from _fix_faults(key, fix, known, fixers=fixers)


def _fix_faults(
    key: str, fix: Fix, known: frozenset[str] | None, *, fixers: bool
) -> Iterator[tuple[str, str]]:
    if (fix.replace is None) is not bool(fix.call):
        yield key, "needs either `replace` or `call`"
    if fix.call and not fixers:
        yield f"{key}.call", f"there is no fix.py to hold `{fix.call}`"
    if fix.replace:
        reason = fault_of(fix.replace)
        if reason:
            yield f"{key}.replace", reason
    for text in fix.imports:
        if not all(part.isidentifier() for part in Want.parse(text).dotted.split(".")):
            yield f"{key}.imports", f"`{text}` is no module and no name of one"
    if known is not None:
        yield from _unknown(f"{key}.replace", fix.replace or "", known)
        yield from _unknown(f"{key}.title", fix.title, known)
        yield from _conditions(key, fix, known)


def _fixes(data: RuleFile) -> tuple[Fix, ...]:
    return data.fix if isinstance(data.fix, tuple) else (data.fix,)


def _unknown(key: str, text: str, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    for name in sorted(holes_of(text) - known):
        yield key, f"`${name}` is in no pattern{_guess(name, known)}"


def _conditions(key: str, owner: Match | Fix, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    for kind, conditions in (("where", owner.where), ("unless", owner.unless)):
        for name in conditions:
            if name not in known:
                yield f"{key}.{kind}.{name}", f"`${name}` is in no pattern{_guess(name, known)}"


def _guess(name: str, known: frozenset[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"; did you mean `${near[0]}`?" if near else ""


def _holes(match: Match) -> frozenset[str]:
    texts = [match.pattern]
    for more in (match.inside, match.has):
        texts += [more] if isinstance(more, str) else more
    return frozenset(name for text in texts for name in holes_of(text))
