"""A piece of a file as LibCST reads it, with the way from `ast` nodes to the concrete nodes that hold their source.

Loaded only when something is rewritten: importing it imports LibCST.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache, cached_property, lru_cache
from typing import TypeAlias

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from autonomous.rulebook.expected import Unfillable
from autonomous.rulebook.filetext import FileText, carried_over, place
from autonomous.rulebook.piece import Piece

Replacement: TypeAlias = cst.CSTNode | cst.RemovalSentinel | cst.FlattenSentinel[cst.CSTNode]
"""What may come into the place of a node."""

Span: TypeAlias = tuple[int, int, int, int]
"""Line, column, end line, end column; lines from 1, columns in characters from 0."""

_KINDS: dict[type[ast.AST], type[object]] = {
    ast.keyword: cst.Arg,
    ast.arg: cst.Param,
    ast.alias: cst.ImportAlias,
}


class Concrete:
    """A piece of a file, parsed without loss.

    Raises libcst.ParserSyntaxError for lines that are no module by themselves.
    """

    def __init__(self, file: FileText, piece: Piece, *, indent: str) -> None:
        self.file, self.piece, self.indent = file, piece, indent
        self.start = file.start_of(piece.first)
        self.end = len(file.text) if piece.last is None else file.start_of(piece.last + 1)
        self.text = f"{piece.before}{file.text[self.start : self.end]}{piece.behind}"
        self.wrapper = MetadataWrapper(self.parse(self.text), unsafe_skip_copy=True)

    def parse(self, text: str) -> cst.Module:
        """Parse other text with this file's newlines and indentation."""
        config = cst.PartialParserConfig(default_indent=self.indent, default_newline=self.file.newline)
        return cst.parse_module(text, config)

    @property
    def module(self) -> cst.Module:
        """The lines as a module."""
        return self.wrapper.module

    @cached_property
    def code(self) -> str:
        """The lines as LibCST gives them back: it loses a space here and there (`except E :`)."""
        return self.module.code

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        """Return the node that directly holds `node`; None for the module."""
        return self._parents.get(node)

    def owns(self, node: cst.CSTNode) -> bool:
        """Tell whether a node stood in the file, and was not made for a fix."""
        return node in self._parents or node is self.module

    def ancestors(self, node: cst.CSTNode) -> list[cst.CSTNode]:
        """Every node around `node`, the innermost first."""
        found = []
        above = self.parent(node)
        while above is not None:
            found.append(above)
            above = self.parent(above)
        return found

    def find(self, node: ast.AST) -> cst.CSTNode | None:
        """Return the concrete node of an `ast` node; None when they can't be brought together.

        A plain statement gives the small statement (`cst.Expr`, `cst.Assign`), not its line.
        """
        if isinstance(node, ast.expr):
            return self._find_expression(node)
        span = self._span(node)
        if isinstance(node, ast.stmt):
            small = self._places.at(span, cst.BaseSmallStatement)
            return small or self._places.starting(span, cst.BaseCompoundStatement)
        if isinstance(node, ast.ExceptHandler):
            return self._places.starting(span, cst.ExceptHandler)
        kind = _KINDS.get(type(node))
        return None if kind is None else self._places.at(span, kind)

    def _find_expression(self, node: ast.expr) -> cst.CSTNode | None:
        span = self._span(node)
        if isinstance(node, ast.Starred):
            return self._places.at(span, cst.Arg) or self._places.at(span, cst.StarredElement)
        exact = self._places.at(span, cst.BaseExpression)
        if exact is not None or not isinstance(node, ast.Tuple | ast.GeneratorExp):
            return exact
        # To `ast` the brackets belong to a tuple or generator, to LibCST they stand around it.
        start, end = self.file.span(node)
        inner = self.file.text[start + 1 : end - 1]
        first = start + 1 + len(inner) - len(inner.lstrip())
        last = end - 1 - (len(inner) - len(inner.rstrip()))
        return self._places.at((*self._line_column(first), *self._line_column(last)), cst.BaseExpression)

    def _span(self, node: ast.AST) -> Span:
        line, column, end_line, end_column = place(node)
        return line, self.file.column(line, column), end_line, self.file.column(end_line, end_column)

    def _line_column(self, offset: int) -> tuple[int, int]:
        line = self.file.line_at(offset)
        return line, offset - self.file.start_of(line)

    @cached_property
    def _parents(self) -> dict[cst.CSTNode, cst.CSTNode]:
        # By hand, as LibCST's own provider takes as long as all else: it makes every node anew on its way.
        parents: dict[cst.CSTNode, cst.CSTNode] = {}
        waiting: list[cst.CSTNode] = [self.module]
        for node in waiting:
            for child in _children(node):
                parents[child] = node
                waiting.append(child)
        return parents

    @cached_property
    def _places(self) -> "_Places":
        return _Places(self.wrapper, shift=self.piece.first - FileText(self.piece.before).lines)


def _children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for name in _fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            yield value
        elif isinstance(value, list | tuple):
            yield from (each for each in value if isinstance(each, cst.CSTNode))


@cache
def _fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


class _Places:
    """Concrete nodes by where they are."""

    def __init__(self, wrapper: MetadataWrapper, *, shift: int) -> None:
        self._spans: dict[Span, list[cst.CSTNode]] = {}
        self._starts: dict[tuple[int, int], list[cst.CSTNode]] = {}
        for node, found in wrapper.resolve(PositionProvider).items():
            start = (found.start.line + shift, found.start.column)
            end = (found.end.line + shift, found.end.column)
            self._spans.setdefault((*start, *end), []).append(node)
            if isinstance(node, cst.BaseCompoundStatement | cst.ExceptHandler):
                self._starts.setdefault(start, []).append(node)

    def at(self, span: Span, kind: type[object]) -> cst.CSTNode | None:
        """Return the node of a kind that has exactly this place."""
        return next((node for node in self._spans.get(span, ()) if isinstance(node, kind)), None)

    def starting(self, span: Span, kind: type[object]) -> cst.CSTNode | None:
        """Return the block of a kind that starts there: `ast` and LibCST see the ends of blocks differently."""
        return next((node for node in self._starts.get(span[:2], ()) if isinstance(node, kind)), None)


@lru_cache(maxsize=4)
def read_concrete(text: str, piece: Piece, *, indent: str) -> Concrete | None:
    """Parse a piece of a file; None where LibCST can't read it.

    Several matches in one file ask for the same lines one after the other, hence the cache.
    """
    try:
        return Concrete(FileText(text), piece, indent=indent)
    except cst.ParserSyntaxError:
        return None


class Exchange(cst.CSTTransformer):
    """Puts something else in the place of some nodes, and visits nothing but the way to them."""

    def __init__(self, tree: Concrete, new: Mapping[cst.CSTNode, Replacement]) -> None:
        super().__init__()
        self._new = new
        self._way = {above for target in new for above in tree.ancestors(target)}

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Go on only towards the targets."""
        return node in self._way and node not in self._new

    def on_leave(
        self, original_node: cst.CSTNodeT, updated_node: cst.CSTNodeT
    ) -> cst.CSTNodeT | cst.RemovalSentinel | cst.FlattenSentinel[cst.CSTNodeT]:
        """Give the new code for a target, and everything else as it is."""
        if original_node in self._new:
            return self._new[original_node]  # type: ignore[return-value]  # its kind is known only when it runs
        return updated_node


def exchanged(tree: Concrete, new: Mapping[cst.CSTNode, Replacement]) -> str:
    """Text of the whole file with other code in the place of some nodes; all other lines stay byte for byte.

    Raises libcst.CSTValidationError, AttributeError or TypeError where LibCST can't hold it in that place, and
    Unfillable where it does not give back a line that changes as it is.
    """
    module = tree.module.visit(Exchange(tree, new))
    assert isinstance(module, cst.Module)  # noqa: S101 - a module's visitor returns a module
    piece = tree.piece
    changed = carried_over(tree.text, tree.code, module.code)
    if changed is None or not (changed.startswith(piece.before) and changed.endswith(piece.behind)):
        raise Unfillable(type(next(iter(new))).__name__)
    text = tree.file.text
    return (
        text[: tree.start] + changed.removeprefix(piece.before).removesuffix(piece.behind) + text[tree.end :]
    )
