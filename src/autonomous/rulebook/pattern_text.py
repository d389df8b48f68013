"""Turns the text of a pattern into Python that parses: holes and runs become names that no program uses."""

import keyword
import re
import textwrap
from typing import Final

from autonomous.model.errors import AutonomousError, ExitCode

_HOLE: Final = "hole_\u01c2_"
_RUN: Final = "run_\u01c2_"
UNWRITTEN: Final = "unwritten_\u01c2"
"""Stands where Python's grammar wants something that the pattern leaves out."""

_TOKEN: Final = re.compile(
    r"""(?P<string>[A-Za-z]{0,2}(?:'{3}(?:\\.|[^\\])*?'{3}|"{3}(?:\\.|[^\\])*?"{3}
                   |'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"))
      | (?P<comment>\#[^\n]*)
      | (?P<run>\$\.\.\.[A-Z][A-Z0-9_]*|\.\.\.)
      | (?P<hole>\$[A-Z][A-Z0-9_]*)
      | (?P<name>[^\W\d]\w*)
      | (?P<space>[ \t]+|\\\n)
      | (?P<power>\*\*)
      | (?P<other>.|\n)""",
    re.VERBOSE | re.DOTALL,
)
_ANY_HOLE: Final = re.compile(r"\$[A-Z][A-Z0-9_]*")
_CLAUSE: Final = re.compile(r"^(?:except|finally)\b", re.MULTILINE)
_VALUES: Final = frozenset({"None", "True", "False"})
_STARS: Final = {"": "*", "call": "*", "group": "*", "list": "*", "set": "*", "dict": "**"}
_BEFORE_ELEMENT: Final = frozenset("([{,")
_AFTER_ELEMENT: Final = frozenset(")]},")
_FIELD: Final = re.compile(r"\{\{|\}\}|\{[^{}]*\}")
_OPEN: Final = "([{"
_CLOSE: Final = ")]}"


class InvalidPattern(AutonomousError):
    """A pattern or condition of a rule that cannot be meant."""

    exit_code = ExitCode.USAGE
    hint = "docs/match-language.md has an example for everything that a pattern may hold"

    def __init__(self, pattern: str, reason: str) -> None:
        self.pattern, self.reason = pattern, reason
        self.detail = pattern
        super().__init__(f"pattern {pattern!r}: {reason}")


def hole_in(name: str) -> str | None:
    """Return the hole that a name of the parsed pattern stands for, None for any other name."""
    return name.removeprefix(_HOLE) if name.startswith(_HOLE) else None


def run_in(name: str) -> str | None:
    """Return the run that a name stands for ("" for a nameless `...`), None for any other name."""
    return name.removeprefix(_RUN) if name.startswith(_RUN) else None


def hole_in_string(text: str) -> str | None:
    """Return the hole that is the whole of a string literal, None for any other text."""
    return text[1:] if _ANY_HOLE.fullmatch(text) else None


def parseable(pattern: str) -> str:
    """Return Python with marked names; it may still be refused by the parser. Raises InvalidPattern."""
    text = textwrap.dedent(pattern).strip()
    if text.startswith("try") and not _CLAUSE.search(text):
        text += f"\nfinally:\n    {UNWRITTEN}"
    if text.startswith("except"):
        text = f"try:\n    {UNWRITTEN}\n{text}"
    if text.startswith("case "):
        text = f"match {UNWRITTEN}:\n{textwrap.indent(text, '    ')}"
    return _Marking(pattern, text).result()


def _marked_hole(hole: re.Match[str]) -> str:
    return _HOLE + hole.group()[1:]


class _Marking:
    """One pass over the tokens, with the brackets that are open and what each of them is for."""

    def __init__(self, pattern: str, text: str) -> None:
        self._pattern, self._text = pattern, text
        self._out: list[str] = []
        self._before = ["", ""]  # the two tokens before, without white space
        self._open: list[tuple[str, int]] = []  # purpose of the bracket, index in _out after it
        self._imports = False
        self._powers: set[int] = set()  # depths of calls that have `**` already

    def result(self) -> str:
        for found in _TOKEN.finditer(self._text):
            kind, text = str(found.lastgroup), found.group()
            if kind == "comment":
                continue
            self._out.append(self._marked(kind, text, found.end()))
            if kind != "space" and text != "\n":
                self._before = [self._before[1], text]
        return "".join(self._out)

    def _marked(self, kind: str, text: str, end: int) -> str:
        match kind:
            case "hole":
                return _HOLE + text[1:]
            case "run":
                return self._run(text.lstrip("$").removeprefix("..."), end)
            case "string" if "f" in text.partition(text[-1])[0].lower():
                return _FIELD.sub(lambda field: _ANY_HOLE.sub(_marked_hole, field.group()), text)
            case "power":
                self._powers.add(len(self._open))
            case "name" if text == "lambda":
                self._open.append(("lambda", len(self._out) + 1))
            case "name" if text == "import":
                self._imports = True
            case "other":
                return self._mark_other(text, end)
        return text

    def _mark_other(self, text: str, end: int) -> str:
        if text == "$":
            raise InvalidPattern(self._pattern, "`$` needs a name in capital letters, such as `$X`")
        if text == "\n" and not self._open:
            self._imports = False
        if text in _OPEN:
            self._open.append((self._purpose(text, end), len(self._out) + 1))
        elif (text in _CLOSE and self._open) or (
            text == ":" and self._open and self._open[-1][0] == "lambda"
        ):
            self._close()
        return text

    def _purpose(self, bracket: str, end: int) -> str:
        last, named = self._before[1], self._before[0]
        operand = last in {")", "]", "}"} or last[-1:] in {'"', "'"} or last.startswith("$")
        operand = operand or (last.isidentifier() and (last in _VALUES or not keyword.iskeyword(last)))
        match bracket:
            case "(":
                return "params" if named == "def" else "call" if operand else "group"
            case "[":
                return "index" if operand else "list"
            case _:
                return "dict" if self._is_dict(end) else "set"

    def _is_dict(self, start: int) -> bool:
        depth = 0
        for found in _TOKEN.finditer(self._text, start):
            text = found.group()
            if not depth and text in {":", "}"}:
                inside = self._text[start : found.start()].strip()
                return text == ":" or inside in {"", "..."} or "**" in inside
            depth += (text in _OPEN) - (text in _CLOSE)
        return False

    def _run(self, name: str, end: int) -> str:
        mark = _RUN + name
        after = self._text[end:].lstrip(" \t\n")[:1]
        purpose = self._open[-1][0] if self._open else ""
        if self._imports or (purpose in {"params", "lambda"} and self._before[1] != "="):
            return mark
        stars = _STARS.get(purpose, "")
        if purpose == "call" and len(self._open) in self._powers:
            stars = "**"  # Python wants no `*` behind it
        alone = self._before[1] in _BEFORE_ELEMENT and after in _AFTER_ELEMENT
        if purpose in {"", "group"}:
            alone = "," in {self._before[1], after}  # else it is a statement, or one expression in brackets
        if stars and alone:
            return stars + mark
        return mark if name else "..."

    def _close(self) -> None:
        purpose, start = self._open.pop()
        self._powers.discard(len(self._open) + 1)
        if purpose in {"params", "lambda"}:
            inside = "".join(self._out[start:])
            self._out[start:] = [_with_defaults(inside)]


def _with_defaults(params: str) -> str:
    """Python wants no parameter without default after one with: give all a default once there is a run."""
    if _RUN not in params:
        return params
    return ",".join(_with_default(each) for each in _split(params))


def _with_default(param: str) -> str:
    bare = param.strip()
    if not bare or bare == "/" or bare.startswith("*") or len(_split(bare, "=")) > 1:
        return param
    return f"{param}={UNWRITTEN}"


def _split(text: str, mark: str = ",") -> list[str]:
    """Split at marks that are in no brackets and no string."""
    pieces, depth = [""], 0
    for found in _TOKEN.finditer(text):
        token = found.group()
        depth += (token in _OPEN) - (token in _CLOSE)
        if token == mark and not depth:
            pieces.append("")
        else:
            pieces[-1] += token
    return pieces
