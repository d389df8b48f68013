"""Turn a command made by an f-string into a list of arguments."""

import re

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit

_SHELL_SYNTAX = re.compile(r"[|&;<>()$`\\*?\[\]#~{}\n]")
_BUILTIN = frozenset(
    {
        "cd",
        "export",
        "exit",
        "source",
        ".",
        "set",
        "unset",
        "alias",
        "ulimit",
        "umask",
        "eval",
        "exec",
        "trap",
        "wait",
        "read",
        "type",
        "command",
        "hash",
        "if",
        "for",
        "while",
        "until",
        "case",
        "function",
        "time",
        "echo",
        "printf",
        "test",
        "[",
        "!",
        "then",
        "do",
        "{",
        "local",
        "declare",
        "return",
        "shift",
    }
)


def as_list(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`run(f"git clone {url}", shell=True)` -> `run(["git", "clone", str(url)])`; None where a shell is really used."""
    if not isinstance(target, cst.Call) or edits.keyword(target, "executable") is not None:
        return None
    if target.args[0].keyword is not None or target.args[0].star:
        return None
    command = target.args[0].value
    if not isinstance(command, cst.FormattedString) or command.lpar:
        return None
    words = _words(command)
    if not words or not isinstance(words[0], str) or words[0] in _BUILTIN or "=" in words[0]:
        return None
    elements = [cst.Element(_element(word)) for word in words]
    listed = target.with_changes(
        args=[target.args[0].with_changes(value=cst.List(elements)), *target.args[1:]]
    )
    return edits.without_keyword(listed, "shell")


def split(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`run(command, shell=True)` -> `run(shlex.split(command))`."""
    if not isinstance(target, cst.Call) or target.args[0].keyword is not None or target.args[0].star:
        return None
    command = cst.Call(cst.Attribute(cst.Name("shlex"), cst.Name("split")), [cst.Arg(target.args[0].value)])
    listed = target.with_changes(args=[target.args[0].with_changes(value=command), *target.args[1:]])
    return edits.without_keyword(listed, "shell")


_Word = str | list[str | cst.FormattedStringExpression]


def _words(command: cst.FormattedString) -> list[_Word] | None:
    """The words as a shell would split them; None when the text around the values uses shell syntax."""
    if "r" in command.start.lower() or "'''" in command.start or '"""' in command.start:
        return None
    words: list[_Word] = []
    current: list[str | cst.FormattedStringExpression] = []
    quote = ""
    for part in command.parts:
        if isinstance(part, cst.FormattedStringExpression):
            current.append(part)
            continue
        if not isinstance(part, cst.FormattedStringText) or _SHELL_SYNTAX.search(part.value):
            return None
        for character in part.value:
            if quote:
                quote, current = ("", current) if character == quote else (quote, _grown(current, character))
            elif character in "'\"":
                quote, current = character, _grown(current, "")
            elif character == " ":
                words, current = _ended(words, current), []
            else:
                current = _grown(current, character)
    return None if quote else _ended(words, current)


def _grown(
    word: list[str | cst.FormattedStringExpression], character: str
) -> list[str | cst.FormattedStringExpression]:
    if word and isinstance(word[-1], str):
        return [*word[:-1], word[-1] + character]
    return [*word, character]


def _ended(words: list[_Word], word: list[str | cst.FormattedStringExpression]) -> list[_Word]:
    if not word:
        return words
    pieces = [piece for piece in word if piece != ""] or [""]
    if all(isinstance(piece, str) for piece in pieces):
        return [*words, "".join(piece for piece in pieces if isinstance(piece, str))]
    return [*words, pieces]


def _element(word: _Word) -> cst.BaseExpression:
    if isinstance(word, str):
        return edits.string(word)
    only = word[0]
    if len(word) == 1 and isinstance(only, cst.FormattedStringExpression) and _is_bare(only):
        if isinstance(only.expression, cst.Call) and _is_quoting(only.expression):
            return only.expression.args[0].value
        return cst.Call(func=cst.Name("str"), args=[cst.Arg(only.expression)])
    parts = [cst.FormattedStringText(piece) if isinstance(piece, str) else piece for piece in word]
    return cst.FormattedString(parts=parts, start='f"', end='"')


def _is_bare(value: cst.FormattedStringExpression) -> bool:
    return value.conversion is None and value.format_spec is None and value.equal is None


def _is_quoting(call: cst.Call) -> bool:
    """`shlex.quote(x)`: without a shell its quotes would become part of the argument."""
    return len(call.args) == 1 and cst.helpers.get_full_name_for_node(call.func) in {
        "shlex.quote",
        "pipes.quote",
    }
