"""`class A(object):`."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield classes whose only base is the built-in object, without keywords such as metaclass."""
    for definition in source.nodes(ast.ClassDef):
        match definition:
            case ast.ClassDef(bases=[ast.Name(id="object") as base], keywords=[]) if (
                source.resolve(base) == "builtins.object"
            ):
                yield Hit(node=definition, at=base, facts={"NAME": definition.name})
