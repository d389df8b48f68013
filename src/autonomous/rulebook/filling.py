"""Fills a template with the exact source of what its holes hold, as LibCST nodes.

Loaded only when something is rewritten: importing it imports LibCST.
"""

import ast
from collections.abc import Mapping, Sequence

import libcst as cst

from autonomous.rulebook.concrete import Concrete
from autonomous.rulebook.expected import Substitution, Unfillable, same
from autonomous.rulebook.hit import Held
from autonomous.rulebook.holdings import Holdings, Line, bracketed
from autonomous.rulebook.parsing import parse, parse_expression
from autonomous.rulebook.template import REST, hole_name, run_name


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
    return module.body, expected.body


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
    expected = Substitution(held, only).visit(parse(text))
    template = tree.parse(text.replace("\n", tree.file.newline) + tree.file.newline)
    try:
        module = template.visit(_Filler(Holdings(tree, held), wrapped=wrapped, only=only))
    except (cst.CSTValidationError, TypeError, AttributeError) as error:
        raise Unfillable(text) from error  # LibCST can't hold such a node there
    if not isinstance(module, cst.Module):
        raise Unfillable(text)
    return module, expected


def _means(module: cst.Module, expected: ast.Module) -> bool:
    try:
        return same(parse(module.code), expected)
    except SyntaxError:
        return _means_in_brackets(module, expected)


def _means_in_brackets(module: cst.Module, expected: ast.Module) -> bool:
    """An expression that spans lines is fine: it gets brackets where it is put if it needs them."""
    if len(expected.body) != 1 or not isinstance(expected.body[0], ast.Expr):
        return False
    try:
        return same(parse_expression(f"({module.code})"), expected.body[0].value)
    except SyntaxError:
        return False


def _holes(text: str) -> list[str]:
    return [
        node.id
        for node in ast.walk(parse(text))
        if isinstance(node, ast.Name) and hole_name(node.id) is not None
    ]


class _Filler(cst.CSTTransformer):
    """Exchanges marked names for what they hold. With `only`, just that name is exchanged and no run."""

    def __init__(self, holdings: Holdings, *, wrapped: frozenset[str], only: str | None) -> None:
        super().__init__()
        self._holdings, self._wrapped, self._only = holdings, wrapped, only

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:  # noqa: N802
        """Fill a hole; a statement's hole is filled with its whole line."""
        name = hole_name(original_node.value)
        if name is None or self._only not in {None, original_node.value}:
            return updated_node
        node = self._holdings.expression(name)
        if node is None:
            return updated_node
        return bracketed(node) if original_node.value in self._wrapped else node

    def leave_Arg(  # noqa: N802
        self, original_node: cst.Arg, updated_node: cst.Arg
    ) -> cst.Arg | cst.FlattenSentinel[cst.Arg]:
        """Fill a run of arguments."""
        name = self._run(original_node.value)
        if isinstance(original_node.value, cst.Ellipsis) and self._only is None and self._holdings.has(REST):
            name = REST
        return (
            updated_node
            if name is None
            else cst.FlattenSentinel(self._holdings.arguments(name, original_node))
        )

    def leave_List(self, original_node: cst.List, updated_node: cst.List) -> cst.List:  # noqa: N802
        """Fill runs of elements."""
        return updated_node.with_changes(elements=self._elements(original_node, updated_node))

    def leave_Set(self, original_node: cst.Set, updated_node: cst.Set) -> cst.Set:  # noqa: N802
        """Fill runs of elements."""
        return updated_node.with_changes(elements=self._elements(original_node, updated_node))

    def leave_Tuple(self, original_node: cst.Tuple, updated_node: cst.Tuple) -> cst.Tuple:  # noqa: N802
        """Fill runs of elements."""
        return updated_node.with_changes(elements=self._elements(original_node, updated_node))

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:  # noqa: N802
        """An empty run at the end takes its comma with it."""
        if not (original_node.args and updated_node.args) or isinstance(
            original_node.args[-1].comma, cst.Comma
        ):
            return updated_node
        *before, last = updated_node.args
        bare = last.with_changes(comma=cst.MaybeSentinel.DEFAULT)
        return updated_node.with_changes(args=[*before, bare])

    def leave_IndentedBlock(  # noqa: N802
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        """A block that takes over a whole block takes over the comments at its head and foot too."""
        match original_node.body:
            case [cst.SimpleStatementLine(body=[cst.Expr(value=value)])]:
                name = self._run(value)
                block = self._holdings.block(name) if name is not None else None
                if block is not None:
                    return updated_node.with_changes(header=block.header, footer=block.footer)
        return updated_node

    def leave_SimpleStatementLine(  # noqa: N802
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
        """Fill a run of statements, or a hole that holds one."""
        match original_node.body:
            case [cst.Expr(value=cst.Name(value=marked) as value)]:
                name = self._run(value)
                hole = hole_name(marked) if self._only in {None, marked} else None
                if hole is not None and self._holdings.expression(hole) is None:
                    name = hole
                if name is not None:
                    return cst.FlattenSentinel(self._holdings.lines(name))
        return updated_node

    def _elements(
        self, original: cst.List | cst.Set | cst.Tuple, updated: cst.List | cst.Set | cst.Tuple
    ) -> list[cst.BaseElement]:
        elements: list[cst.BaseElement] = []
        for old, new in zip(original.elements, updated.elements, strict=True):
            name = self._run(old.value) if isinstance(old, cst.StarredElement) else None
            elements += [new] if name is None else self._holdings.elements(name, old)
        return elements

    def _run(self, node: cst.BaseExpression) -> str | None:
        return run_name(node.value) if isinstance(node, cst.Name) and self._only is None else None
