"""Runs a function of a rule's fix.py: LibCST in, LibCST out.

Loaded only when something is rewritten: importing it imports LibCST.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.analysis.source import Source
from autonomous.rulebook.bound import Surroundings
from autonomous.rulebook.concrete import Concrete, Replacement, exchanged, read_concrete
from autonomous.rulebook.expected import Unfillable
from autonomous.rulebook.filetext import FileText, indent_unit
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.holdings import Line
from autonomous.rulebook.parsing import parse_expression
from autonomous.rulebook.piece import Piece
from autonomous.rulebook.placing import UNHOLDABLE, with_expression
from autonomous.rulebook.wants import Want, spelling

FixFunction: TypeAlias = Callable[[MetadataWrapper, cst.CSTNode, Hit], Replacement | None]
"""What fix.py defines; see docs/rules-howto.md for what may come back."""


def called(
    source: Source, file: FileText, hit: Hit, *, piece: Piece, function: FixFunction, wants: Sequence[Want]
) -> tuple[str, tuple[Want, ...]]:
    """Text of the file with what the function makes of the match, and the imports that it needs.

    The function sees the lines of `piece`, which hold the match.
    Raises Unfillable when the function says that it does not apply, or LibCST can't hold its answer.
    """
    tree = read_concrete(file.text, piece, indent=indent_unit(source.tree, file))
    target = None if tree is None else tree.find(hit.node)
    if tree is None or target is None:
        raise Unfillable(type(hit.node).__name__)
    answer = function(tree.wrapper, target, hit)
    if answer is None or answer is target:
        raise Unfillable(function.__name__)
    speller = _Speller(tree, Surroundings(source, hit.node), wants)
    try:
        place, new = _in_its_place(tree, target, answer)
        spelled = _spelled(new, speller)
        if isinstance(target, cst.BaseExpression):
            if not isinstance(spelled, cst.BaseExpression):
                raise Unfillable(function.__name__)
            text = _with_expression(source, tree, hit, target=target, new=spelled)
        else:
            text = exchanged(tree, {place: spelled})
    except UNHOLDABLE as error:
        raise Unfillable(function.__name__) from error
    return text, tuple(speller.new.values())


def _with_expression(
    source: Source, tree: Concrete, hit: Hit, *, target: cst.BaseExpression, new: cst.BaseExpression
) -> str:
    """Brackets around the old expression stay around the new one, unless that brings its own or has them inside."""
    if not new.lpar and not _holds(new, target.lpar):
        new = new.with_changes(lpar=target.lpar, rpar=target.rpar)
    try:
        meaning = parse_expression(f"({tree.module.code_for_node(new)}\n)")
    except SyntaxError as error:
        raise Unfillable(type(target).__name__) from error
    return with_expression(source, tree, hit.node, target=target, new=new, meaning=meaning)


def _holds(node: cst.CSTNode, parts: Sequence[cst.CSTNode]) -> bool:
    return any(node is part for part in parts) or any(_holds(child, parts) for child in node.children)


def _in_its_place(
    tree: Concrete,
    target: cst.CSTNode,
    answer: Replacement,
) -> tuple[cst.CSTNode, Replacement]:
    """A small statement that becomes whole lines, or nothing, takes its own line with it."""
    line = tree.parent(target)
    if not isinstance(target, cst.BaseSmallStatement) or not isinstance(line, cst.SimpleStatementLine):
        return target, answer
    nodes = _nodes(answer)
    if all(isinstance(node, cst.BaseSmallStatement) for node in nodes) and nodes:
        return target, answer
    if len(line.body) > 1:
        if nodes:
            raise Unfillable(type(target).__name__)
        return target, answer
    lines = [node for node in nodes if isinstance(node, cst.SimpleStatementLine | cst.BaseCompoundStatement)]
    if len(lines) != len(nodes):
        raise Unfillable(type(target).__name__)
    return line, _dressed(lines, line)


def _dressed(
    lines: Sequence[Line], old: cst.SimpleStatementLine
) -> cst.RemovalSentinel | cst.FlattenSentinel[cst.CSTNode]:
    """Give new lines the comments of the old one, where they bring none."""
    if not lines:
        return cst.RemoveFromParent()
    first, *others = lines
    if not first.leading_lines:
        first = first.with_changes(leading_lines=old.leading_lines)
    *before, last = first, *others
    if isinstance(last, cst.SimpleStatementLine) and last.trailing_whitespace.comment is None:
        last = last.with_changes(trailing_whitespace=old.trailing_whitespace)
    return cst.FlattenSentinel([*before, last])


def _nodes(answer: Replacement) -> list[cst.CSTNode]:
    if isinstance(answer, cst.RemovalSentinel):
        return []
    return list(answer) if isinstance(answer, cst.FlattenSentinel) else [answer]


def _spelled(new: Replacement, speller: "_Speller") -> Replacement:
    if isinstance(new, cst.RemovalSentinel):
        return new
    spelled: list[cst.CSTNode] = []
    for node in _nodes(new):
        result = node.visit(speller)
        if not isinstance(result, cst.CSTNode):
            raise Unfillable(type(node).__name__)
        spelled.append(result)
    return cst.FlattenSentinel(spelled) if isinstance(new, cst.FlattenSentinel) else spelled[0]


class _Speller(cst.CSTTransformer):
    """Spells the imported names of new code as the file does; what stood in the file before is left as it is."""

    def __init__(self, tree: Concrete, around: Surroundings, wants: Sequence[Want]) -> None:
        super().__init__()
        self._tree, self._around = tree, around
        self._wants = {want.bound: want for want in wants}
        self._no_names: set[cst.CSTNode] = set()  # attributes, keywords, names of definitions
        self.new: dict[str, Want] = {}

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Look only into what is new, and at dotted names as a whole."""
        match node:
            case _ if self._tree.owns(node):
                return False
            case cst.Attribute(attr=attr):
                self._no_names.add(attr)
                return not _dotted(node)
            case cst.Arg(keyword=cst.Name() as name) | cst.Param(name=name):
                self._no_names.add(name)
            case cst.FunctionDef(name=name) | cst.ClassDef(name=name):
                self._no_names.add(name)
        return not isinstance(node, cst.Import | cst.ImportFrom)

    def on_leave(
        self, original_node: cst.CSTNodeT, updated_node: cst.CSTNodeT
    ) -> cst.CSTNodeT | cst.RemovalSentinel | cst.FlattenSentinel[cst.CSTNodeT]:
        """Exchange a dotted name."""
        if original_node in self._no_names or self._tree.owns(original_node):
            return updated_node
        parts = _dotted(original_node)
        want = self._wants.get(parts[0]) if parts else None
        if want is None:
            return updated_node
        spelled = spelling(want, parts[1:], self._around, new=self.new)
        return cst.parse_expression(spelled)  # type: ignore[return-value]  # a name for a name


def _dotted(node: cst.CSTNode) -> list[str]:
    """Parts of a dotted name, [] for anything else."""
    match node:
        case cst.Name(value=name):
            return [name]
        case cst.Attribute(value=value, attr=attr):
            return [*parts, attr.value] if (parts := _dotted(value)) else []
    return []
