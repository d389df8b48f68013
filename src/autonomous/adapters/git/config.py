"""Reading git configuration as data: no includes are followed, nothing is run, nothing is written."""

import re
from collections.abc import Iterator, Mapping

_SECTION = re.compile(r'\[\s*([A-Za-z0-9.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]')
_ESCAPE = re.compile(r"\\(.)")
_KEY = re.compile(r"([A-Za-z][A-Za-z0-9-]*)\s*(?:=\s*(.*))?$")


def parse_config(text: str) -> Mapping[str, str]:
    """Return the last value of each key as "section.subsection.key"; section and key in lower case.

    A key without a value is "true". Lines that are not understood are left out: this reads a few
    well-known keys, and git itself judges the file when a ref is moved.
    """
    return dict(_settings(text))


def _settings(text: str) -> Iterator[tuple[str, str]]:
    section = ""
    for line in text.replace("\\\n", "").splitlines():
        rest = line.strip()
        if header := _SECTION.match(rest):
            name, sub = header.group(1).lower(), header.group(2)
            section = name if sub is None else name + "." + _ESCAPE.sub(r"\1", sub)
            rest = rest[header.end() :].strip()
        if section and (pair := _KEY.match(rest)):
            key, value = pair.group(1).lower(), pair.group(2)
            yield f"{section}.{key}", "true" if value is None else _value(value)


def _value(raw: str) -> str:
    out: list[str] = []
    quoted = False
    characters = iter(raw)
    for character in characters:
        if character == '"':
            quoted = not quoted
        elif character == "\\":
            out.append(next(characters, ""))
        elif character in "#;" and not quoted:
            break
        else:
            out.append(character)
    return "".join(out).strip()
