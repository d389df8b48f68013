"""One Python file, decoded, parsed and walked once, with everything that can be asked about its code."""

import ast
import gc
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Final, TypeAlias, TypeVar, overload

from autonomous.analysis.comments import Comment, comments_in
from autonomous.analysis.constants import Constants, Known
from autonomous.analysis.decoding import characters, decode, split_lines
from autonomous.analysis.names import Names
from autonomous.analysis.tree import SyntaxTree, descendants
from autonomous.analysis.types import Types
from autonomous.model.errors import AutonomousError, ExitCode
from autonomous.model.finding import Span

_Node = TypeVar("_Node", bound=ast.AST)
_Other = TypeVar("_Other", bound=ast.AST)

LARGEST: Final = 5_000_000
"""Files above this many bytes are not read; the same figure as `Limits.file_bytes`."""


class SourceUnreadable(AutonomousError):
    """A file that cannot be scanned, with the reason."""

    exit_code = ExitCode.INCOMPLETE
    hint = "mend the file, or exclude it from the scan"

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        self.detail = path
        super().__init__(f"{path}: {reason}")


class Source:
    """A file that could be read.

    `data` are its bytes, `text` the same without byte order mark, `tree` is what `ast` made of it.
    """

    def __init__(self, path: str, data: bytes, *, text: str, encoding: str, tree: SyntaxTree) -> None:
        self.path, self.data, self.text, self.encoding = path, data, text, encoding
        self.index, self.tree = tree, tree.root

    @property
    def parents(self) -> Mapping[ast.AST, ast.AST]:
        """The node right around each node but the module."""
        return self.index.parents

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their ends, split where Python splits; line n of `ast` is `lines[n - 1]`."""
        return split_lines(self.text)

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """All comments, in order."""
        return comments_in(self.lines, self.index)

    @cached_property
    def names(self) -> Names:
        """Scopes, imports and aliases."""
        return Names(self.index, self.path)

    @cached_property
    def constants(self) -> Constants:
        """What folds to a constant."""
        return Constants(self.names)

    @cached_property
    def types(self) -> Types:
        """What local inference knows about types."""
        return Types(self.names)

    @overload
    def nodes(self, kind: type[_Node], /) -> Iterator[_Node]: ...
    @overload
    def nodes(self, kind: type[_Node], other: type[_Other], /) -> Iterator[_Node | _Other]: ...
    @overload
    def nodes(self, *kinds: type[_Node]) -> Iterator[_Node]: ...
    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        """All nodes of exactly these types; from the one walk, so asking costs nothing."""
        return self.index.nodes(*kinds)

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around `node`, from its parent out to the module."""
        return self.index.ancestors(node)

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node right around `node`, None for the module."""
        return self.index.parents.get(node)

    def resolve(self, node: ast.AST) -> str | None:
        """Dotted name that `node` stands for, such as `subprocess.run` or `builtins.open`, else None."""
        return next(iter(self.names.resolve(node)), None)

    def fold(self, node: ast.AST) -> Known | None:
        """The constant that `node` is known to be, else None."""
        return self.constants.fold(node)

    def type_of(self, node: ast.AST) -> str | None:
        """Dotted type name such as `builtins.str` or `sqlite3.Cursor`, None when it is not known."""
        return self.types.type_of(node)

    def symbol(self, node: ast.AST) -> str:
        """Qualified name such as `Class.method` of the definition that is, or is around, `node`."""
        return self.names.symbol(node)

    def span(self, node: ast.AST) -> Span:
        """Where `node` is. A node that has no place of its own spans its parts; an empty one is at 1:1."""
        placed = [part for part in _placed(node) if part.end_lineno is not None]
        if not placed:
            return Span(1, 1, 1, 1)
        start = min((part.lineno, part.col_offset) for part in placed)
        end = max((part.end_lineno or 0, part.end_col_offset or 0) for part in placed)
        return Span(*self._place(*start), *self._place(*end))

    def _place(self, line: int, offset: int) -> tuple[int, int]:
        return line, characters(self.lines[line - 1], offset) + 1

    def segment(self, node: ast.AST) -> str:
        """The source text of `node`; its own line ends are turned to newlines."""
        span = self.span(node)
        lines = list(self.lines[span.line - 1 : span.end_line])
        lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
        return "\n".join(lines)


_Placed: TypeAlias = ast.expr | ast.stmt | ast.arg | ast.keyword | ast.alias | ast.excepthandler | ast.pattern
_PLACED: Final = (ast.expr, ast.stmt, ast.arg, ast.keyword, ast.alias, ast.excepthandler, ast.pattern)


def _placed(node: ast.AST) -> Iterator[_Placed]:
    if isinstance(node, _PLACED):
        yield node
    else:
        yield from (part for part in descendants(node) if isinstance(part, _PLACED))


def read_source(path: str, data: bytes) -> Source:
    """Decode and parse `data`; `path` is POSIX, relative to the root of the scan.

    Raises SourceUnreadable for NUL bytes, bytes that the encoding does not allow, an unknown encoding,
    a syntax error, nesting that Python's own parser refuses, and a file above `LARGEST` bytes.
    """
    if len(data) > LARGEST:
        raise SourceUnreadable(path, f"larger than {LARGEST:,} bytes ({len(data):,})")
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise SourceUnreadable(path, f"a NUL byte on line {line}: not Python source")
    text, encoding = _decoded(path, data)
    try:
        with undisturbed():
            return Source(path, data, text=text, encoding=encoding, tree=SyntaxTree(ast.parse(text)))
    except SyntaxError as error:
        raise SourceUnreadable(path, _syntax_error(error)) from error
    except UnicodeError as error:
        raise SourceUnreadable(path, f"wrong encoding: {error}") from error
    except (RecursionError, MemoryError) as error:
        raise SourceUnreadable(path, "nested too deep for Python's parser") from error


def _decoded(path: str, data: bytes) -> tuple[str, str]:
    try:
        return decode(data)
    except SyntaxError as error:
        raise SourceUnreadable(path, f"wrong encoding: {error.msg}") from error
    except UnicodeError as error:
        raise SourceUnreadable(path, f"wrong encoding: {_bad_byte(data, error)}") from error
    except LookupError as error:
        raise SourceUnreadable(path, f"wrong encoding: {error}") from error


def _syntax_error(error: SyntaxError) -> str:
    where = f" on line {error.lineno}" if error.lineno else ""
    return f"syntax error{where}: {error.msg}"


def _bad_byte(data: bytes, error: UnicodeError) -> str:
    if isinstance(error, UnicodeDecodeError) and error.object == data:
        line = data.count(b"\n", 0, error.start) + 1
        return f"{error.encoding} does not allow byte 0x{data[error.start]:02x} on line {line}"
    return str(error)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Collect no garbage and show no warnings for as long as something is parsed."""
    # A parse makes only objects that stay: collecting garbage meanwhile costs a fifth and finds nothing.
    # Warnings are about the scanned code (invalid escapes), and would go to the scanner's user.
    collecting = gc.isenabled()
    gc.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        if collecting:
            gc.enable()
