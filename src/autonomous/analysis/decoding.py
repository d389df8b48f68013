"""From bytes to text as Python itself does it: byte order mark, PEP 263 declaration, UTF-8."""

import codecs
import io
import re
import tokenize
from typing import Final

_DECLARATION: Final = re.compile(rb"coding[:=]")
_HEAD: Final = 400
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text without its byte order mark, and the name of the encoding.

    Raises SyntaxError for an encoding that is unknown or contradicts the byte order mark, LookupError for a
    codec that makes no text, UnicodeError for bytes that the encoding does not allow.
    """
    if data.startswith(codecs.BOM_UTF8) or _DECLARATION.search(data, 0, _HEAD):
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    else:
        encoding = "utf-8"
    return data.decode(encoding), encoding


def split_lines(text: str) -> tuple[str, ...]:
    """Split where Python's tokenizer does: not at form feeds and Unicode line separators."""
    return tuple(_LINE_END.split(text)) if "\r" in text else tuple(text.split("\n"))


def characters(line: str, offset: int) -> int:
    """Turn an offset in UTF-8 bytes within `line`, as `ast` counts, into one in characters."""
    if line.isascii():
        return offset
    return len(line.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "ignore"))
