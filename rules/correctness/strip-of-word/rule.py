"""strip, lstrip and rstrip with an argument that is a word, not a set of characters."""

import ast
import re
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_METHODS = frozenset({"strip", "lstrip", "rstrip"})
_EXTENSION = re.compile(r"[._/-][A-Za-z][A-Za-z0-9]+(?:[._/-][A-Za-z0-9]+)*")
_PREFIX = re.compile(r"[A-Za-z]{2,}[A-Za-z0-9+.-]*(?:://|[:/_.-])")
_WORD = re.compile(r"[A-Za-z]{3,}")


def find(source: Source) -> Iterator[Hit]:
    """Yield calls whose literal looks like `.txt`, `https://` or has letters that repeat."""
    if b"strip" not in source.data:
        return
    for call in source.nodes(ast.Call):
        if (
            not isinstance(call.func, ast.Attribute)
            or call.func.attr not in _METHODS
            or len(call.args) != 1
            or call.keywords
        ):
            continue
        argument = call.args[0]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, (str, bytes)):
            text = argument.value if isinstance(argument.value, str) else argument.value.decode("latin-1")
            if _is_word(text):
                yield Hit(node=call, at=call, held={"METHOD": call.func.attr}, facts={"TEXT": repr(text)})


def _is_word(text: str) -> bool:
    if any(character.isspace() for character in text):
        return False
    if _EXTENSION.fullmatch(text) or _PREFIX.fullmatch(text):
        return True
    return bool(_WORD.search(text)) and len(set(text)) < len(text)
