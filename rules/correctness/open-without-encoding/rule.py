"""Text files opened without saying in which encoding."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_OPENERS = {"builtins.open": (1, 3), "io.open": (1, 3)}
_METHODS = {"read_text": (None, 0), "write_text": (None, 1), "open": (0, 2)}


def find(source: Source) -> Iterator[Hit]:
    """Yield calls of open() and of pathlib's methods that are surely for text."""
    for call in source.nodes(ast.Call):
        places = _places(source, call)
        if places is None or any(keyword.arg in {"encoding", None} for keyword in call.keywords):
            continue
        mode_at, encoding_at = places
        starred = any(isinstance(argument, ast.Starred) for argument in call.args)
        if starred or _is_device(source, call) or len(call.args) > encoding_at or not _is_text(call, mode_at):
            continue
        yield Hit(node=call, at=call)


def _places(source: Source, call: ast.Call) -> tuple[int | None, int] | None:
    """At which positions the mode and the encoding are given."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in _METHODS:
        owner = call.func.value
        made = isinstance(owner, ast.Call) and source.resolve(owner.func) == "pathlib.Path"
        if made or source.type_of(owner) == "pathlib.Path":
            return _METHODS[call.func.attr]
    return _OPENERS.get(source.resolve(call.func) or "")


def _is_device(source: Source, call: ast.Call) -> bool:
    if not call.args:
        return False
    path = call.args[0]
    named = isinstance(path, ast.Constant) and isinstance(path.value, str) and path.value.startswith("/dev/")
    return named or source.resolve(path) == "os.devnull"


def _is_text(call: ast.Call, mode_at: int | None) -> bool:
    if mode_at is None:
        return True
    named = next((keyword.value for keyword in call.keywords if keyword.arg == "mode"), None)
    mode = call.args[mode_at] if len(call.args) > mode_at else named
    if mode is None:
        return True
    return isinstance(mode, ast.Constant) and isinstance(mode.value, str) and "b" not in mode.value
