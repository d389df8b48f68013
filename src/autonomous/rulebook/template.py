"""The `replace` of a fix: Python with holes, made parseable by names that no program uses."""

import ast
import re
from collections.abc import Iterator, Mapping
from itertools import count

from autonomous.rulebook.hit import Held
from autonomous.rulebook.parsing import parse

REST = "..."
"""The name under which a hit holds what a nameless `...` of its pattern stands for."""

_HOLE = "hole_\u01c3"
_RUN = "run_\u01c3"
_HOLES = re.compile(r"\$(?P<run>\.\.\.)?(?P<name>[A-Z][A-Z0-9_]*)")
_LONE_RUN = re.compile(r"^(?P<indent>[ \t]*)\$\.\.\.(?P<name>[A-Z][A-Z0-9_]*)[ \t]*$", re.MULTILINE)
_MARKED = re.compile(rf"(?:{_HOLE}\d+|{_RUN})_(?P<name>[A-Z][A-Z0-9_]*)")


def holes_of(text: str) -> frozenset[str]:
    """Names of all holes in a pattern, template, title or message."""
    return frozenset(found["name"] for found in _HOLES.finditer(text))


def marked(template: str, held: Mapping[str, Held] | None = None) -> str:
    """Turn holes into names that parse; bare names that `held` knows are put in at once.

    Each `$X` becomes a marked name of its own, `$...XS` a starred marked name, or a plain one where it stands
    alone on its line and so means statements.
    """
    names, numbers = held or {}, count()

    def one(found: re.Match[str]) -> str:
        value = names.get(found["name"])
        if found["run"]:
            return f"*{_RUN}_{found['name']}"
        return value if isinstance(value, str) else f"{_HOLE}{next(numbers)}_{found['name']}"

    text = _LONE_RUN.sub(lambda found: f"{found['indent']}{_RUN}_{found['name']}", template.strip("\n"))
    return _HOLES.sub(one, text)


def hole_name(name: str) -> str | None:
    """Name of the hole that a marked name stands for, None for any other name."""
    return name.partition("_\u01c3")[2].partition("_")[2] if name.startswith(_HOLE) else None


def run_name(name: str) -> str | None:
    """Name of the run that a marked name stands for, None for any other name."""
    return name.removeprefix(f"{_RUN}_") if name.startswith(_RUN) else None


def fault_of(template: str) -> str:
    """Say what is wrong with a template, "" when it is Python with holes."""
    text = marked(template)
    if text.startswith("except"):
        text = f"try:\n    pass\n{text}"
    try:
        tree = parse(text)
    except SyntaxError as error:
        return f"is not Python with holes: {error.msg}"
    for name in _names_in_strings(tree):
        return f"has the hole ${name} inside a string, where it can't be filled"
    return ""


def _names_in_strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (found["name"] for found in _MARKED.finditer(node.value))


def swap_quotes(template: str) -> str:
    """Return the template with the other kind of quotes, unchanged where it uses both or needs escapes."""
    if ('"' in template and "'" in template) or "\\" in template:
        return template
    return template.translate(str.maketrans("\"'", "'\""))
