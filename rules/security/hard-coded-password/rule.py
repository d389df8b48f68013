"""Literals that look like real secrets and get the name of one."""

import ast
import re
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_NAME = re.compile(
    r"(?:^|_)(?:password|passwd|pwd|passphrase|secret|secret_?key|api_?key|access_?key|private_?key|encryption_?key|auth_?token"
    r"|access_?token|api_?token|client_?secret|token)$",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"example|change|placeholder|dummy|sample|default|your|test|fake|insert|todo|redacted|hidden|invalid|none|null|foo|secret|passw"
    r"|xxx|\.\.\.|\*\*\*|[<>{}\s$%]",
    re.IGNORECASE,
)
_URL_OR_PATH = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//|^[./~]|\.[a-z]{2,5}$", re.IGNORECASE)
_SHORTEST = 6


def find(source: Source) -> Iterator[Hit]:
    """Yield assignments, keyword arguments and dict entries."""
    for assign in source.nodes(ast.Assign):
        for target in assign.targets:
            yield from _judged(_name_of(target), assign.value)
    for annotated in source.nodes(ast.AnnAssign):
        yield from _judged(_name_of(annotated.target), annotated.value)
    for keyword in source.nodes(ast.keyword):
        yield from _judged(keyword.arg or "", keyword.value)
    for mapping in source.nodes(ast.Dict):
        for key, value in zip(mapping.keys, mapping.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield from _judged(key.value, value)


def _name_of(target: ast.expr) -> str:
    match target:
        case (
            ast.Name(id=name) | ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=str(name)))
        ):
            return name
        case _:
            return ""


def _judged(name: str, value: ast.expr | None) -> Iterator[Hit]:
    if (
        not isinstance(value, ast.Constant)
        or not isinstance(value.value, (str, bytes))
        or not _NAME.search(name)
    ):
        return
    text = value.value if isinstance(value.value, str) else value.value.decode("latin-1")
    if _is_real(text, name):
        yield Hit(node=value, at=value, facts={"NAME": name})


def _is_real(text: str, name: str) -> bool:
    """Long enough, no placeholder, no word: at least two of lower case, upper case, digits and signs."""
    if (
        len(text) < _SHORTEST
        or _PLACEHOLDER.search(text)
        or _URL_OR_PATH.search(text)
        or text.lower() == name.lower()
    ):
        return False
    digit = any(character.isdigit() for character in text)
    sign = any(character in "!@#&^+=/,;?" for character in text)
    mixed = text.lower() != text != text.upper() and not re.fullmatch(r"[A-Z]?[a-z]+(?:[A-Z][a-z]+)*", text)
    names = re.fullmatch(r"[A-Za-z]+(?:[_.:-][A-Za-z]+)*", text)
    return (digit or sign or mixed) and not names
