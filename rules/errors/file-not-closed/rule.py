"""Files that are opened inside a larger expression, where nothing can close them."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_METHODS = frozenset({"read", "readlines", "readline", "write", "writelines"})
_READERS = frozenset(
    {
        "json.load",
        "pickle.load",
        "yaml.safe_load",
        "yaml.load",
        "csv.reader",
        "json.dump",
        "pickle.dump",
        "tomllib.load",
    }
)


def find(source: Source) -> Iterator[Hit]:
    """Yield `open(p).read()`, `json.load(open(p))` and `for line in open(p)`."""
    if b"open" not in source.data:
        return
    for call in source.nodes(ast.Call):
        if source.resolve(call.func) not in {"builtins.open", "io.open"}:
            continue
        around = source.parents.get(call)
        if isinstance(around, ast.Attribute) and around.attr in _METHODS:
            outer = source.parents.get(around)
            if isinstance(outer, ast.Call) and outer.func is around:
                yield Hit(node=outer, at=outer, held={"METHOD": around.attr})
        elif isinstance(around, ast.Call) and call in around.args and source.resolve(around.func) in _READERS:
            yield Hit(node=around, at=call)
        elif isinstance(around, (ast.For, ast.comprehension)) and around.iter is call:
            yield Hit(node=call, at=call)
