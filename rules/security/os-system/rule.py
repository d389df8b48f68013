"""Commands that are put together at run time and go through a shell by way of os or subprocess.getoutput."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook import facts
from autonomous.rulebook.hit import Hit

_FUNCTIONS = frozenset({"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"})


def find(source: Source) -> Iterator[Hit]:
    """Yield the calls whose command is more than literals."""
    for call in source.nodes(ast.Call):
        name = source.resolve(call.func) if call.args else None
        if (
            name in _FUNCTIONS
            and not isinstance(call.args[0], ast.Starred)
            and not facts.is_literal(source, call.args[0])
        ):
            yield Hit(node=call, at=call, held={"FN": name, "CMD": call.args[0]})
