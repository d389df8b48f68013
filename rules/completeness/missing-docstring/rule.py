"""Public functions and classes that are long and, unlike their neighbours, have no docstring."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_LONG = 15
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def find(source: Source) -> Iterator[Hit]:
    """Yield the long ones at the top of a module of which at least half is documented; others have another habit."""
    parts = source.path.removesuffix("/__init__.py").split("/")
    if any(part.startswith("_") for part in parts):
        return
    public = [
        one for one in source.tree.body if isinstance(one, _Definition) and not one.name.startswith("_")
    ]
    bare = [one for one in public if not ast.get_docstring(one)]
    if len(bare) > len(public) - len(bare):
        return
    for statement in bare:
        lines = (statement.end_lineno or statement.lineno) - statement.lineno + 1
        if lines >= _LONG and not _is_described(statement):
            yield Hit(node=statement, at=statement, facts={"NAME": statement.name, "LINES": str(lines)})


def _is_described(statement: _Definition) -> bool:
    """A decorator with a text of its own, such as a command's help; an overload is described where it is defined."""
    names = [
        one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "")
        for one in statement.decorator_list
    ]
    if "overload" in names:
        return True
    decorators = [decorator for decorator in statement.decorator_list if isinstance(decorator, ast.Call)]
    return any(
        keyword.arg in {"help", "description", "doc"} for call in decorators for keyword in call.keywords
    )
