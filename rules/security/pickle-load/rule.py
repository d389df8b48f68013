"""Calls that load pickled or marshalled data which this program did not just dump itself."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook import facts
from autonomous.rulebook.hit import Hit

_MODULES = ("pickle", "_pickle", "cPickle", "cloudpickle", "dill", "marshal", "joblib", "pandas")
_LOADERS = frozenset(
    {f"{module}.{name}" for module in _MODULES[:6] for name in ("load", "loads")}
    | {"joblib.load", "pandas.read_pickle"}
)
_DUMPERS = frozenset(f"{module}.dumps" for module in _MODULES[:6])


def find(source: Source) -> Iterator[Hit]:
    """Yield calls of the loaders, but not the copy `loads(dumps(x))`."""
    for call in source.nodes(ast.Call):
        name = source.resolve(call.func)
        if name in _LOADERS and call.args and not _is_own_dump(source, call.args[0]):
            yield Hit(node=call, at=call, facts={"MODULE": name})


def _is_own_dump(source: Source, data: ast.expr) -> bool:
    if isinstance(data, ast.Name):
        values = facts.values_of(source, data)
        return values is not None and all(
            not isinstance(one, ast.Name) and _is_own_dump(source, one) for one in values
        )
    if isinstance(data, ast.Constant):
        return isinstance(data.value, bytes)
    return isinstance(data, ast.Call) and source.resolve(data.func) in _DUMPERS
