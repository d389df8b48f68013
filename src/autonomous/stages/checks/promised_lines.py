"""The change stays where the finding is: its statement or function, imports, and new module constants."""

import ast
from collections.abc import Iterator

import msgspec

from autonomous.model.change import FileEdit
from autonomous.model.check import Check
from autonomous.model.finding import Span
from autonomous.model.patch import Hunk, hunks_between, split_lines
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import by_person, is_python, passed, unknown, vetoed, warned

NAME = "only-promised-lines"
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Region(msgspec.Struct, frozen=True):
    """Lines from `first` to `last`, both counted from 1 and both inside."""

    first: int
    last: int

    @property
    def lines(self) -> frozenset[int]:
        """All lines of the region."""
        return frozenset(range(self.first, self.last + 1))

    def meets(self, hunk: Hunk) -> bool:
        """Tell whether a hunk replaces a line of the region, or inserts inside or at one of its ends."""
        return hunk.start <= self.last and hunk.end >= self.first - 1


def only_promised_lines(proposal: Proposal, _ports: Ports, reading: Reading) -> Check:
    """Veto for a line elsewhere; for a person's own version that is a warning."""
    refuse = warned if by_person(proposal) else vetoed
    finding = proposal.finding
    for edit in proposal.change.edits:
        if edit.path != finding.path:
            return refuse(NAME, f"it also changes {edit.path}; the finding is in {finding.path}")
        if not is_python(edit.path):
            return unknown(NAME, f"{edit.path} is not Python: look at all of its changed lines")
        if edit.before is None or edit.after is None:
            continue
        region = region_of(reading.source(edit.path, edit.before).tree, finding.span)
        stray = next(_stray_lines(edit, region, reading), None)
        if stray is not None:
            where = f"lines {region.first}-{region.last}"
            return refuse(NAME, f"line {stray} of {edit.path} is neither an import nor in {where}")
    return passed(NAME, "only the lines of the finding and imports change")


def region_of(tree: ast.Module, span: Span) -> Region:
    """Return the lines of the innermost function around the span, or else of its statements.

    The statement is one of a module or of a class: what stands in an `if` at module level may need
    the whole `if`.
    """
    around = [
        stmt for stmt in _statements(tree) if _first(stmt) <= span.end_line and _last(stmt) >= span.line
    ]
    if not around:
        return Region(span.line, span.end_line)
    inner = [
        node
        for stmt in around
        for node in ast.walk(stmt)
        if isinstance(node, _FUNCTIONS) and _first(node) <= span.line and span.end_line <= _last(node)
    ]
    if inner:
        smallest = min(inner, key=lambda node: _last(node) - _first(node))
        return Region(_first(smallest), _last(smallest))
    return Region(min(map(_first, around)), max(map(_last, around)))


def _statements(body_of: ast.Module | ast.ClassDef) -> Iterator[ast.stmt]:
    for stmt in body_of.body:
        if isinstance(stmt, ast.ClassDef):
            yield from _statements(stmt)
            yield _header(stmt)
        else:
            yield stmt


def _header(cls: ast.ClassDef) -> ast.stmt:
    """Return a statement that spans the lines of a class above its body."""
    last = max(cls.lineno, cls.body[0].lineno - 1)
    return ast.Pass(lineno=_first(cls), col_offset=0, end_lineno=last)


def _first(stmt: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(stmt, "decorator_list", [])
    return min([stmt.lineno, *(decorator.lineno for decorator in decorators)])


def _last(stmt: ast.stmt) -> int:
    return stmt.end_lineno or stmt.lineno


def _stray_lines(edit: FileEdit, region: Region, reading: Reading) -> Iterator[int]:
    """Yield the first line, counted before the change, of every hunk that is not promised."""
    before, after = edit.before or b"", edit.after or b""
    old_tree, new_tree = reading.source(edit.path, before).tree, reading.source(edit.path, after).tree
    old_free = _import_lines(old_tree) | _blank_lines(before)
    new_free = _import_lines(new_tree) | _blank_lines(after) | _constant_lines(new_tree, old_tree)
    shift = 0
    for hunk in hunks_between(before, after):
        removed = range(hunk.start + 1, hunk.end + 1)
        added = range(hunk.start + shift + 1, hunk.start + shift + len(hunk.lines) + 1)
        shift += len(added) - len(removed)
        promised = region.meets(hunk) or new_free.issuperset(added)
        if not (promised and (old_free | region.lines).issuperset(removed)):
            yield hunk.start + 1


def _import_lines(tree: ast.Module) -> set[int]:
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    return {line for node in imports for line in range(node.lineno, _last(node) + 1)}


def _blank_lines(data: bytes) -> set[int]:
    return {number for number, line in enumerate(split_lines(data), 1) if not line.strip()}


def _constant_lines(tree: ast.Module, before: ast.Module) -> set[int]:
    """Lines of module-level assignments to names the module did not have: a logger, a compiled pattern."""
    known = {node.id for node in ast.walk(before) if isinstance(node, ast.Name)}
    return {
        line
        for stmt in tree.body
        if isinstance(stmt, ast.Assign)
        and all(isinstance(target, ast.Name) and target.id not in known for target in stmt.targets)
        for line in range(stmt.lineno, _last(stmt) + 1)
    }
