"""Turn an f-string that holds no expression into a plain string."""

import re

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit

_NAMED_OR_DOUBLED = re.compile(r"(\\\\)|(\\N\{[^}]*\})|\{\{|\}\}")


def plain(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`f"a {{b}}"` -> `"a {b}"`, in every part of an implicit concatenation."""
    if isinstance(target, cst.FormattedString):
        return _plain(target)
    if isinstance(target, cst.ConcatenatedString):
        left = _part(target.left)
        right = (
            plain(module, target.right, hit)
            if isinstance(target.right, cst.ConcatenatedString)
            else _part(target.right)
        )
        return target.with_changes(left=left, right=right)
    return None


def _part(string: cst.CSTNode) -> cst.CSTNode:
    return _plain(string) if isinstance(string, cst.FormattedString) else string


def _plain(string: cst.FormattedString) -> cst.SimpleString:
    start = string.start
    prefix = start.rstrip("\"'")
    raw = "r" in prefix.lower()
    text = "".join(part.value for part in string.parts if isinstance(part, cst.FormattedStringText))
    single = text.replace("{{", "{").replace("}}", "}") if raw else _NAMED_OR_DOUBLED.sub(_single, text)
    kept = prefix.replace("f", "").replace("F", "")
    return cst.SimpleString(
        f"{kept}{start[len(prefix) :]}{single}{string.end}", lpar=string.lpar, rpar=string.rpar
    )


def _single(found: re.Match[str]) -> str:
    escape = found.group(1) or found.group(2)
    return escape or found.group(0)[0]
