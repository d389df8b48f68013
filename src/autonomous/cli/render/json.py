"""Values as JSON for programs: one document a command, in ASCII, and the JSON Schema that describes it."""

import json
import re
from typing import get_args

import msgspec

from autonomous.cli.render.json_types import AnyDocument, Document

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NOT_PLAIN = re.compile(r"[^ -~]")
_TYPES: dict[str, type[Document]] = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyDocument)}
KINDS: tuple[str, ...] = tuple(_TYPES)
"""The kinds of documents, each with its own schema."""


def document(answer: AnyDocument) -> str:
    r"""Return the document with a line end.

    Only printable ASCII comes out, so that a terminal cannot be talked to through it either. A byte of a
    path that is not UTF-8 is spelled `\xff`: JSON has no way to carry it, and a reader must not choke on it.
    """
    text = json.dumps(msgspec.to_builtins(answer), ensure_ascii=False, separators=(",", ":"))
    return msgspec.json.format(_NOT_PLAIN.sub(_spelled, text), indent=2) + "\n"


def _spelled(match: re.Match[str]) -> str:
    char = match.group()
    if "\udc80" <= char <= "\udcff":  # a byte that surrogateescape carried here
        return f"\\\\x{ord(char) - 0xDC00:02x}"
    if "\ud800" <= char <= "\udfff":
        return f"\\\\u{ord(char):04x}"
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def schema(kind: str) -> str:
    """Return the JSON Schema of one kind of document, as it lies in docs/schemas; KeyError for no such kind."""
    found = msgspec.json.schema(_TYPES[kind])
    head = {"$schema": DIALECT, "title": f"autonomous: {kind}"}
    return json.dumps(head | found, indent=2, sort_keys=True) + "\n"
