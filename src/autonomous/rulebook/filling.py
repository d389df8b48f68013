"""Fills a template with the exact source of what its holes hold, as LibCST nodes.

Loaded only when something is rewritten: importing it imports LibCST.
"""

import ast
from collections.abc import Mapping, Sequence
from typing import TypeAlias, TypeVar

import libcst as cst

from autonomous.rulebook.concrete import Concrete
from autonomous.rulebook.expected import Substitution, Unfillable, same, several, single
from autonomous.rulebook.hit import Held
from autonomous.rulebook.template import REST, hole_name, run_name

Line: TypeAlias = cst.SimpleStatementLine | cst.BaseCompoundStatement
Kind = TypeVar("Kind", cst.Arg, cst.BaseElement)
Expression = TypeVar("Expression", bound=cst.BaseExpression)


def expression(text: str, tree: Concrete, held: Mapping[str, Held]) -> tuple[cst.BaseExpression, ast.expr]:
    """Fill a marked template that is one expression: new code, and the tree that it must parse to.

    Raises Unfillable where the template can't be filled with what is held.
    """
    statements, expected = _filled(text, tree, held)
    match statements, expected:
        case [cst.SimpleStatementLine(body=[cst.Expr(value=code)])], [ast.Expr(value=meaning)]:
            return code, meaning
    raise Unfillable(text)


def statements(text: str, tree: Concrete, held: Mapping[str, Held]) -> tuple[Sequence[Line], list[ast.stmt]]:
    """Fill a marked template of statements: new code, and the tree that it must parse to.

    Raises Unfillable where the template can't be filled with what is held.
    """
    return _filled(text, tree, held)


def _filled(text: str, tree: Concrete, held: Mapping[str, Held]) -> tuple[Sequence[Line], list[ast.stmt]]:
    wrapped = frozenset[str]()
    module, expected = _attempt(text, tree, held, wrapped=wrapped)
    if not _means(module, expected):
        wrapped = frozenset(name for name in _holes(text) if _needs_brackets(text, tree, held, name=name))
        module, expected = _attempt(text, tree, held, wrapped=wrapped)
        if not _means(module, expected):
            raise Unfillable(text)
    return _statements(module), expected.body


def _needs_brackets(text: str, tree: Concrete, held: Mapping[str, Held], *, name: str) -> bool:
    """Put what one hole holds into the template, bare: does it keep its meaning there?"""
    module, expected = _attempt(text, tree, held, only=name)
    return not _means(module, expected)


def _attempt(
    text: str,
    tree: Concrete,
    held: Mapping[str, Held],
    *,
    wrapped: frozenset[str] = frozenset(),
    only: str | None = None,
) -> tuple[cst.Module, ast.Module]:
    expected = Substitution(held, only).visit(ast.parse(text))
    template = tree.parse(text.replace("\n", tree.file.newline) + tree.file.newline)
    try:
        module = template.visit(_Filler(tree, held, wrapped=wrapped, only=only))
    except (cst.CSTValidationError, TypeError, AttributeError) as error:
        raise Unfillable(text) from error  # LibCST can't hold such a node there
    if not isinstance(module, cst.Module):
        raise Unfillable(text)
    return module, expected


def _means(module: cst.Module, expected: ast.Module) -> bool:
    try:
        return same(ast.parse(module.code), expected)
    except SyntaxError:
        return _means_in_brackets(module, expected)


def _means_in_brackets(module: cst.Module, expected: ast.Module) -> bool:
    """An expression that spans lines is fine: it gets brackets where it is put if it needs them."""
    if len(expected.body) != 1 or not isinstance(expected.body[0], ast.Expr):
        return False
    try:
        return same(ast.parse(f"({module.code})", mode="eval").body, expected.body[0].value)
    except SyntaxError:
        return False


def _holes(text: str) -> list[str]:
    return [
        node.id
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Name) and hole_name(node.id) is not None
    ]


def _statements(module: cst.Module) -> Sequence[Line]:
    return [
        node for node in module.body if isinstance(node, cst.SimpleStatementLine | cst.BaseCompoundStatement)
    ]


class _Filler(cst.CSTTransformer):
    """Exchanges marked names for clones of the held nodes."""

    def __init__(
        self, tree: Concrete, held: Mapping[str, Held], *, wrapped: frozenset[str], only: str | None
    ) -> None:
        super().__init__()
        self._tree, self._held, self._wrapped, self._only = tree, held, wrapped, only

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:  # noqa: N802
        """Fill a hole."""
        name = hole_name(original_node.value)
        if name is None or self._only not in {None, original_node.value}:
            return updated_node
        meaning = single(self._held, name)
        if isinstance(meaning, ast.stmt):
            return updated_node  # its line is filled as a whole
        found = self._found(meaning)
        if not isinstance(found, cst.BaseExpression):
            raise Unfillable(name)
        node = found.deep_clone()
        return bracketed(node) if original_node.value in self._wrapped else node

    def leave_Arg(  # noqa: N802
        self, original_node: cst.Arg, updated_node: cst.Arg
    ) -> cst.Arg | cst.FlattenSentinel[cst.Arg]:
        """Fill a run of arguments."""
        name = _run_of(original_node.value)
        if name is None and isinstance(original_node.value, cst.Ellipsis) and REST in self._held:
            name = REST
        if name is None or self._only is not None:
            return updated_node
        return cst.FlattenSentinel(self._arguments(several(self._held, name), original_node))

    def leave_StarredElement(  # noqa: N802
        self, original_node: cst.StarredElement, updated_node: cst.StarredElement
    ) -> cst.BaseElement | cst.FlattenSentinel[cst.BaseElement]:
        """Fill a run of elements."""
        name = _run_of(original_node.value)
        if name is None or self._only is not None:
            return updated_node
        found = [self._within(node, cst.BaseElement) for node in several(self._held, name)]
        return cst.FlattenSentinel(
            [
                node.deep_clone().with_changes(comma=original_node.comma if node is found[-1] else node.comma)
                for node in found
            ]
        )

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:  # noqa: N802
        """An empty run at the end takes its comma with it."""
        if not original_node.args or isinstance(original_node.args[-1].comma, cst.Comma):
            return updated_node
        *before, last = updated_node.args or (None,)
        if last is None or last.comma is cst.MaybeSentinel.DEFAULT:
            return updated_node
        bare = last.with_changes(comma=cst.MaybeSentinel.DEFAULT)
        return updated_node.with_changes(args=[*before, bare])

    def leave_IndentedBlock(  # noqa: N802
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        """A block that takes over a whole block takes over the comments at its head and foot too."""
        match original_node.body:
            case [cst.SimpleStatementLine(body=[cst.Expr(value=cst.Name(value=marked))])]:
                name = run_name(marked)
                held = several(self._held, name) if name and self._only is None else ()
                block = self._whole_block(held)
                if block is not None:
                    return updated_node.with_changes(header=block.header, footer=block.footer)
        return updated_node

    def leave_SimpleStatementLine(  # noqa: N802
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
        """Fill a run of statements, or a hole that holds one."""
        match original_node.body:
            case [cst.Expr(value=cst.Name(value=marked))]:
                run, hole = run_name(marked), hole_name(marked)
                if run is not None and self._only is None:
                    return cst.FlattenSentinel([self._line(n) for n in several(self._held, run)])
                if hole is not None and self._only in {None, marked}:
                    meaning = single(self._held, hole)
                    if isinstance(meaning, ast.stmt):
                        return self._line(meaning)
        return updated_node

    def _arguments(self, held: Sequence[ast.AST], place: cst.Arg) -> list[cst.Arg]:
        arguments = [self._within(node, cst.Arg).deep_clone() for node in held]
        if arguments:
            arguments[-1] = arguments[-1].with_changes(
                comma=place.comma, whitespace_after_arg=place.whitespace_after_arg
            )
        return arguments

    def _line(self, statement: ast.AST) -> cst.BaseStatement:
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

    def _whole_block(self, held: Sequence[ast.AST]) -> cst.IndentedBlock | None:
        found = self._tree.find(held[0]) if held else None
        for node in self._tree.ancestors(found) if found is not None else ():
            if isinstance(node, cst.IndentedBlock):
                return node if len(node.body) == len(held) else None
        return None

    def _found(self, node: ast.AST) -> cst.CSTNode:
        found = self._tree.find(node)
        if found is None:
            raise Unfillable(type(node).__name__)
        return found

    def _within(self, node: ast.AST, kind: type[Kind]) -> Kind:
        found: cst.CSTNode | None = self._found(node)
        while found is not None and not isinstance(found, kind):
            found = self._tree.parent(found)
        if found is None:
            raise Unfillable(type(node).__name__)
        return found


def _run_of(node: cst.BaseExpression) -> str | None:
    return run_name(node.value) if isinstance(node, cst.Name) else None


def bracketed(node: Expression) -> Expression:
    """Put round brackets around an expression."""
    return node.with_changes(lpar=[cst.LeftParen(), *node.lpar], rpar=[*node.rpar, cst.RightParen()])
