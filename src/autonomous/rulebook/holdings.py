"""What the holes of a match hold, as clones of the LibCST nodes that stand in the file.

Loaded only when something is rewritten: importing it imports LibCST. Every method raises Unfillable for what is
not held, or is held in another form.
"""

import ast
from collections.abc import Mapping
from typing import TypeAlias

import libcst as cst

from autonomous.rulebook.concrete import Concrete
from autonomous.rulebook.expected import Unfillable, several, single
from autonomous.rulebook.hit import Held

Line: TypeAlias = cst.SimpleStatementLine | cst.BaseCompoundStatement


class Holdings:
    """Gives the code of holes for the place in a template where it goes."""

    def __init__(self, tree: Concrete, held: Mapping[str, Held]) -> None:
        self._tree, self._held = tree, held

    def has(self, name: str) -> bool:
        """Tell whether a hole or run holds something."""
        return name in self._held

    def expression(self, name: str) -> cst.BaseExpression | None:
        """The expression that a hole holds, with its brackets; None when it holds a statement."""
        meaning = single(self._held, name)
        if isinstance(meaning, ast.stmt):
            return None
        found = self._found(meaning)
        if not isinstance(found, cst.BaseExpression):
            raise Unfillable(name)
        return found.deep_clone()

    def arguments(self, name: str, place: cst.Arg) -> list[cst.Arg]:
        """A run of arguments or elements as arguments; the last one gets the comma that stands at `place`."""
        arguments = [self._argument(node) for node in several(self._held, name)]
        if arguments:
            arguments[-1] = arguments[-1].with_changes(
                comma=place.comma, whitespace_after_arg=place.whitespace_after_arg
            )
        return arguments

    def elements(self, name: str, place: cst.BaseElement) -> list[cst.BaseElement]:
        """A run of elements or arguments as elements; the last one gets the comma that stands at `place`."""
        elements = [self._element(node) for node in several(self._held, name)]
        if elements:
            elements[-1] = elements[-1].with_changes(comma=place.comma)
        return elements

    def _argument(self, node: ast.AST) -> cst.Arg:
        match self._item(node):
            case cst.Arg() as argument:
                return argument.deep_clone()
            case cst.StarredElement(value=value, comma=comma):
                return cst.Arg(value.deep_clone(), star="*", comma=comma)
            case cst.Element(value=value, comma=comma):
                return cst.Arg(value.deep_clone(), comma=comma)
        raise Unfillable(type(node).__name__)

    def _element(self, node: ast.AST) -> cst.BaseElement:
        match self._item(node):
            case cst.BaseElement() as element:
                return element.deep_clone()
            case cst.Arg(keyword=None, star="*", value=value, comma=comma):
                return cst.StarredElement(value.deep_clone(), comma=comma)
            case cst.Arg(keyword=None, star="", value=value, comma=comma):
                return cst.Element(value.deep_clone(), comma=comma)
        raise Unfillable(type(node).__name__)

    def _item(self, node: ast.AST) -> cst.CSTNode | None:
        """What holds an expression with its star and its comma."""
        found = self._found(node)
        return found if isinstance(found, cst.Arg | cst.BaseElement) else self._tree.parent(found)

    def lines(self, name: str) -> list[Line]:
        """A run of statements, each on lines of its own, with the comments above and behind them."""
        return [self._line(node) for node in several(self._held, name)]

    def block(self, name: str) -> cst.IndentedBlock | None:
        """The block of which a run holds every statement; None for a part of one."""
        held = several(self._held, name)
        found = self._tree.find(held[0]) if held else None
        for node in self._tree.ancestors(found) if found is not None else ():
            if isinstance(node, cst.IndentedBlock):
                return node if len(node.body) == len(held) else None
        return None

    def _line(self, statement: ast.AST) -> Line:
        found = self._found(statement)
        if isinstance(found, cst.BaseCompoundStatement):
            return found.deep_clone()
        if not isinstance(found, cst.BaseSmallStatement):
            raise Unfillable(type(statement).__name__)
        line = self._tree.parent(found)
        if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1:
            return line.deep_clone()
        alone = found.deep_clone().with_changes(semicolon=cst.MaybeSentinel.DEFAULT)
        return cst.SimpleStatementLine([alone])

    def _found(self, node: ast.AST) -> cst.CSTNode:
        found = self._tree.find(node)
        if found is None:
            raise Unfillable(type(node).__name__)
        return found


def bracketed(node: cst.BaseExpression) -> cst.BaseExpression:
    """Put round brackets around an expression."""
    return node.with_changes(lpar=[cst.LeftParen(), *node.lpar], rpar=[*node.rpar, cst.RightParen()])
