"""Set displays in which a literal comes again."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield each set with its first repeated member."""
    for display in source.nodes(ast.Set):
        seen: set[object] = set()
        for position, member in enumerate(display.elts):
            if not isinstance(member, ast.Constant):
                continue
            if member.value in seen:
                yield Hit(
                    node=display, at=member, facts={"KEY": repr(member.value), "position": str(position)}
                )
                break
            seen.add(member.value)
