"""Public functions and classes of a module that are long and have no docstring."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_LONG = 15
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def find(source: Source) -> Iterator[Hit]:
    """Yield the definitions at the top of the module; short ones, private ones and overloads speak for themselves."""
    parts = source.path.removesuffix("/__init__.py").split("/")
    if any(part.startswith("_") for part in parts):
        return
    for statement in source.tree.body:
        if (
            isinstance(statement, _Definition)
            and not statement.name.startswith("_")
            and not ast.get_docstring(statement)
        ):
            lines = (statement.end_lineno or statement.lineno) - statement.lineno + 1
            if lines >= _LONG and not _is_described(statement):
                facts = {"NAME": statement.name, "LINES": str(lines)}
                yield Hit(node=statement, at=statement, facts=facts)


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
