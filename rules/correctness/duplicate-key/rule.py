"""Dict displays in which a literal key comes again."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield the keys that come again; `**other` in between may be meant to be overridden and starts anew."""
    for display in source.nodes(ast.Dict):
        seen: set[object] = set()
        for key in display.keys:
            if key is None:
                seen = set()
            elif isinstance(key, ast.Constant):
                if key.value in seen:
                    yield Hit(node=key, at=key, facts={"KEY": repr(key.value)})
                seen.add(key.value)
