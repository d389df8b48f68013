"""Puts a filled template in the place of a match, so that nothing else of the file changes.

Loaded only when something is rewritten: importing it imports LibCST.
"""

import ast
from collections.abc import Mapping, Sequence
from typing import TypeVar

import libcst as cst

from autonomous.analysis.source import Source
from autonomous.rulebook import filling
from autonomous.rulebook.concrete import Concrete, Replacement, exchanged, read_concrete
from autonomous.rulebook.expected import Unfillable
from autonomous.rulebook.filetext import FileText, indent_unit, statement_lines
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.holdings import Line, bracketed
from autonomous.rulebook.layout import laid_out
from autonomous.rulebook.parsing import parse
from autonomous.rulebook.piece import Piece
from autonomous.rulebook.proof import proved

Headed = TypeVar("Headed", bound=cst.CSTNode)
_WIDEST = 88
UNHOLDABLE = (cst.CSTValidationError, AttributeError, TypeError)
"""What LibCST raises for a node that can't stand where it is put."""


def placed(source: Source, file: FileText, hit: Hit, *, template: str) -> str:
    """Text of the file with the filled template in the place of the hit's node.

    `template` is marked. Raises Unfillable where it can't be filled or put there with its meaning intact.
    """
    tree = _concrete(source, file, hit)
    node = hit.node
    alone = _is_expression(template)
    if isinstance(node, ast.expr) and alone:
        return _expression(source, tree, hit, template=template)
    if isinstance(node, ast.expr):
        parent = source.parent(node)
        node = parent if isinstance(parent, ast.Expr) else node
    if isinstance(node, ast.ExceptHandler):
        return _handler(source, tree, hit, template=template)
    if isinstance(node, ast.stmt):
        return _statements(source, tree, hit, node=node, template=template)
    raise Unfillable(template)


def _concrete(source: Source, file: FileText, hit: Hit) -> Concrete:
    """Parse the top-level statements around a hit. Raises Unfillable where LibCST can't read them."""
    spans = [statement_lines(source.tree, node) for node in (hit.node, *hit.rest)]
    piece = Piece(min(spans)[0], max(spans)[1])
    tree = read_concrete(file.text, piece, indent=indent_unit(source.tree, file))
    if tree is None:
        raise Unfillable(source.path)
    return tree


def _is_expression(template: str) -> bool:
    if template.startswith("except"):
        return False
    body = parse(template).body
    return len(body) == 1 and isinstance(body[0], ast.Expr)


def _expression(source: Source, tree: Concrete, hit: Hit, *, template: str) -> str:
    code, meaning = filling.expression(template, tree, hit.held)
    target = tree.find(hit.node)
    if not isinstance(target, cst.BaseExpression):
        raise Unfillable(template)
    code = laid_out(code, target, room=_room(tree.file, hit.node))
    kept = code.with_changes(lpar=[*target.lpar, *code.lpar], rpar=[*code.rpar, *target.rpar])
    return with_expression(source, tree, hit.node, target=target, new=kept, meaning=meaning)


def with_expression(
    source: Source,
    tree: Concrete,
    node: ast.AST,
    *,
    target: cst.CSTNode,
    new: cst.BaseExpression,
    meaning: ast.expr,
) -> str:
    """Text of the file with an expression in the place of another, in brackets where it needs them there.

    Raises Unfillable where it does not parse to `meaning` in that place either way.
    """
    for candidate in (new, bracketed(new)):
        try:
            text = exchanged(tree, {target: candidate})
        except UNHOLDABLE:
            continue
        if proved(source, node, text, meaning=[meaning]):
            return text
    raise Unfillable(type(node).__name__)


def _room(file: FileText, node: ast.AST) -> int:
    """Characters that code in the place of `node` may have, so that its line is no longer than usual."""
    start, end = file.span(node)
    head = start - file.start_of(file.line_at(start))
    tail = file.text[end : file.start_of(file.line_at(end) + 1)].rstrip()
    return _WIDEST - head - len(tail)


def _statements(source: Source, tree: Concrete, hit: Hit, *, node: ast.stmt, template: str) -> str:
    code, meaning = filling.statements(template, tree, hit.held)
    target = tree.find(node)
    line = tree.parent(target) if target is not None else None
    new: dict[cst.CSTNode, Replacement] = {_line(tree, more): cst.RemoveFromParent() for more in hit.rest}
    if isinstance(target, cst.BaseCompoundStatement):
        new[target] = cst.FlattenSentinel(_compound(tree, target, code))
    elif isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1:
        new[line] = cst.FlattenSentinel(_dressed(tree, code, line))
    elif isinstance(target, cst.BaseSmallStatement) and not new:
        new[target] = cst.FlattenSentinel(_small(code, target))
    else:
        raise Unfillable(template)
    return _proved(source, tree, node, new=new, meaning=meaning, rest=len(hit.rest))


def _handler(source: Source, tree: Concrete, hit: Hit, *, template: str) -> str:
    """A template that starts with `except`, for a handler."""
    code, meaning = filling.statements(f"try:\n    pass\n{template}", tree, hit.held)
    target = tree.find(hit.node)
    match code, meaning:
        case [cst.Try(handlers=[new])], [ast.Try(handlers=[handler])] if isinstance(
            target, cst.ExceptHandler
        ):
            dressed = new.with_changes(leading_lines=target.leading_lines)
            body = target.body
            if isinstance(body, cst.IndentedBlock):
                dressed = _with_header(tree, dressed, body.header)
            return _proved(source, tree, hit.node, new={target: dressed}, meaning=[handler])
    raise Unfillable(template)


def _proved(
    source: Source,
    tree: Concrete,
    node: ast.AST,
    *,
    new: Mapping[cst.CSTNode, Replacement],
    meaning: Sequence[ast.AST],
    rest: int = 0,
) -> str:
    try:
        text = exchanged(tree, new)
    except UNHOLDABLE as error:
        raise Unfillable(type(node).__name__) from error
    if not proved(source, node, text, meaning=meaning, rest=rest):
        raise Unfillable(type(node).__name__)
    return text


def _line(tree: Concrete, statement: ast.stmt) -> cst.CSTNode:
    """The lines of a statement. Raises Unfillable when it shares them."""
    found = tree.find(statement)
    line = tree.parent(found) if found is not None else None
    if isinstance(found, cst.BaseCompoundStatement):
        return found
    if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1:
        return line
    raise Unfillable(type(statement).__name__)


def _compound(tree: Concrete, target: cst.BaseCompoundStatement, code: Sequence[Line]) -> list[Line]:
    if not isinstance(tree.parent(target), cst.IndentedBlock | cst.Module):
        raise Unfillable(type(target).__name__)  # an `elif`: no statement can stand there
    first, *others = code
    first = first.with_changes(leading_lines=[*target.leading_lines, *first.leading_lines])
    if not others and isinstance(target.body, cst.IndentedBlock):
        first = _with_header(tree, first, target.body.header)
    return [first, *others]


def _dressed(tree: Concrete, code: Sequence[Line], line: cst.SimpleStatementLine) -> list[Line]:
    """Give the new statements the comments before and behind the old line."""
    first, *others = code
    first = first.with_changes(leading_lines=[*line.leading_lines, *first.leading_lines])
    *before, last = first, *others
    if isinstance(last, cst.SimpleStatementLine):
        last = last.with_changes(trailing_whitespace=line.trailing_whitespace)
    else:
        last = _with_header(tree, last, line.trailing_whitespace)
    return [*before, last]


def _with_header(tree: Concrete, statement: Headed, header: cst.TrailingWhitespace) -> Headed:
    """Give a block the comment behind the old statement's head, unless a block inside took it over already."""
    body = getattr(statement, "body", None)
    if header.comment is None or not isinstance(body, cst.IndentedBlock):
        return statement
    if header.comment.value in tree.module.code_for_node(statement):
        return statement
    return statement.with_changes(body=body.with_changes(header=header))


def _small(code: Sequence[Line], target: cst.BaseSmallStatement) -> list[cst.BaseSmallStatement]:
    """Statements for a line that holds others too, joined by semicolons."""
    small: list[cst.BaseSmallStatement] = []
    for statement in code:
        if not isinstance(statement, cst.SimpleStatementLine):
            raise Unfillable(type(statement).__name__)
        small += statement.body
    between = cst.Semicolon(whitespace_after=cst.SimpleWhitespace(" "))
    return [
        *(part.with_changes(semicolon=between) for part in small[:-1]),
        small[-1].with_changes(semicolon=target.semicolon),
    ]
