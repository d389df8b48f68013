"""Adds an import where a person would write it: once, in the block of its kind, in that block's order."""

import ast
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from autonomous.rulebook.expected import Unfillable
from autonomous.rulebook.filetext import FileText, first_line, place
from autonomous.rulebook.parsing import parse
from autonomous.rulebook.wants import Want

_WIDEST = 88
_CODING_LINES = 2  # PEP 263
_CODING = re.compile(r"^[ \t\f]*#.*?coding[:=]")
Import = ast.Import | ast.ImportFrom


def with_import(text: str, want: Want, *, before: int, package: str = "") -> str:
    """Return the text with the import added in front of line `before`, the line of the code that needs it.

    `package` is the top-level package that the file belongs to: its modules are sorted behind all others.
    Raises Unfillable where no line can take it.
    """
    file, tree = FileText(text), parse(text)
    block = [node for node in _block(tree, before) if _alone(tree, node)]
    for node in block:
        if want in _wants_of(node):
            return text
    joined = _joined(file, block, want)
    if joined is not None:
        return joined
    at, lines = _place(file, tree, block, want=want, package=package)
    if at > before or not _between_statements(tree, at):
        raise Unfillable(want.statement)
    offset = file.start_of(at)
    added = "".join(line + file.newline for line in lines)
    if offset and text[offset - 1] not in "\r\n":
        added = file.newline + added.removesuffix(file.newline)
    return text[:offset] + added + text[offset:]


def is_import(node: ast.AST) -> bool:
    """Tell whether a statement imports something at run time, not a feature of the language."""
    return isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.module != "__future__")


def _block(tree: ast.Module, before: int) -> list[Import]:
    """Imports at the top level, up to the first function or class."""
    found: list[Import] = []
    for node in tree.body:
        if (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            or first_line(node) >= before
        ):
            break
        if is_import(node) and isinstance(node, ast.Import | ast.ImportFrom):
            found.append(node)
    return found


def _alone(tree: ast.Module, node: ast.stmt) -> bool:
    first, last = place(node)[0], place(node)[2]
    return all(other is node or place(other)[2] < first or first_line(other) > last for other in tree.body)


def _between_statements(tree: ast.Module, line: int) -> bool:
    return all(not first_line(node) < line <= place(node)[2] for node in tree.body)


def _wants_of(node: Import) -> list[Want]:
    if isinstance(node, ast.Import):
        return [Want(alias.name, alias=alias.asname or "") for alias in node.names]
    if node.level:
        return []
    return [Want(node.module or "", alias.name, alias.asname or "") for alias in node.names]


def _joined(file: FileText, block: Sequence[Import], want: Want) -> str | None:
    """Add a name to a `from` import of the same module; None where there is none that takes it."""
    for node in block:
        if not (want.name and isinstance(node, ast.ImportFrom) and node.module == want.module):
            continue
        bracketed = file.slice(node).endswith(")")
        single = place(node)[0] == place(node)[2]
        if node.level or node.names[0].name == "*" or not (bracketed or single):
            continue
        text = _with_name(file, node, want)
        if bracketed or len(FileText(text).line(node.lineno).rstrip()) <= _WIDEST:
            return text
    return None


def _with_name(file: FileText, node: ast.ImportFrom, want: Want) -> str:
    names = [alias.name for alias in node.names]
    later = [i for i, name in enumerate(names) if _ordered(names) and _key(name) > _key(want.name)]
    index = later[0] if later else len(names)
    if index < len(names):
        start, _ = file.span(node.names[index])
        return f"{file.text[:start]}{want.clause},{_gap(file, node, index)}{file.text[start:]}"
    _, end = file.span(node.names[-1])
    return f"{file.text[:end]},{_gap(file, node, index - 1)}{want.clause}{file.text[end:]}"


def _gap(file: FileText, node: ast.ImportFrom, index: int) -> str:
    """Return what stands in front of name `index`: a line end with its indentation, or one space."""
    line, column, *_ = place(node.names[index])
    head = file.line(line)[: file.column(line, column)]
    return " " if head.strip() else file.newline + head


def _ordered(names: Sequence[str]) -> bool:
    keys = [_key(name) for name in names]
    return keys == sorted(keys) or list(names) == sorted(names)


def _key(name: str) -> str:
    return name.lower()


@dataclass(frozen=True, slots=True)
class _Item:
    node: Import
    section: int
    plain: bool
    module: str

    @property
    def order(self) -> str:
        return _key(self.module)


def _section(module: str, level: int, package: str) -> int:
    root = module.partition(".")[0]
    if level or root == package:
        return 2
    return 0 if root in sys.stdlib_module_names else 1


def _items(block: Sequence[Import], package: str) -> list[_Item]:
    items = []
    for node in block:
        plain = isinstance(node, ast.Import)
        module = node.names[0].name if isinstance(node, ast.Import) else node.module or ""
        level = 0 if isinstance(node, ast.Import) else node.level
        items.append(_Item(node, _section(module, level, package), plain, module))
    return items


def _place(
    file: FileText, tree: ast.Module, block: Sequence[Import], *, want: Want, package: str
) -> tuple[int, list[str]]:
    """Line (from 1) in front of which lines are added, and these lines."""
    items = _items(block, package)
    section = _section(want.module, 0, package)
    same = [item for item in items if item.section == section]
    if same:
        return _among(file, same, want), [want.statement]
    earlier = [item for item in items if item.section < section]
    if earlier:
        return place(earlier[-1].node)[2] + 1, ["", want.statement]
    if items:
        return _above_comments(file, place(items[0].node)[0]), [want.statement, ""]
    return _at_the_top(file, tree, want)


def _among(file: FileText, items: Sequence[_Item], want: Want) -> int:
    """Line for an import among those of its section."""
    plain = not want.name
    kinds = [item.plain for item in items]
    mixed = sum(left != right for left, right in pairwise(kinds)) > 1
    peers = [item for item in items if mixed or item.plain == plain]
    if not peers:
        if not plain:
            return place(items[-1].node)[2] + 1
        return place(items[0].node)[0]
    later = [item for item in peers if item.order > _key(want.module)]
    if not later or not _ordered([item.module for item in peers]):
        return place(peers[-1].node)[2] + 1
    line = place(later[0].node)[0]
    return line if later[0] is items[0] else _above_comments(file, line)


def _above_comments(file: FileText, line: int) -> int:
    """Line of the first of the comments that stand directly above a line."""
    while line > 1 and file.line(line - 1).lstrip().startswith("#"):
        line -= 1
    return line if line > 1 else _below_header(file)


def _below_header(file: FileText) -> int:
    """Line behind the interpreter line, the encoding and a heading that a blank line follows."""
    line = 1
    while line <= _CODING_LINES and (file.line(line).startswith("#!") or _CODING.match(file.line(line))):
        line += 1
    end = line
    while file.line(end).startswith("#"):
        end += 1
    if end > line and not file.line(end).strip() and end < file.lines:
        return end + 1
    return line


def _at_the_top(file: FileText, tree: ast.Module, want: Want) -> tuple[int, list[str]]:
    """Line for the first import of a file, with the blank lines that set it apart."""
    opening = [node for node in tree.body[:1] if _is_docstring(node)]
    opening += [n for n in tree.body if isinstance(n, ast.ImportFrom) and n.module == "__future__"]
    following = next((node for node in tree.body if node not in opening), None)
    blank = [] if following is None else [""] * (2 if isinstance(following, _DEFINITIONS) else 1)
    if not opening:
        return _below_header(file), [want.statement, *blank]
    at = place(opening[-1])[2] + 1
    present = not file.line(at).strip()
    return at, ["", want.statement, *([] if present else blank)]


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _is_docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
