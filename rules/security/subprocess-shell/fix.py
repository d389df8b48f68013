"""Turn a command made by an f-string, or by adding strings, into a list of arguments."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.shells import SHELL_BUILTINS, SHELL_SYNTAX


def as_list(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`run(f"git clone {url}", shell=True)` -> `run(["git", "clone", str(url)])`; None where a shell is really used."""
    if not isinstance(target, cst.Call) or edits.keyword(target, "executable") is not None:
        return None
    if target.args[0].keyword is not None or target.args[0].star:
        return None
    parts, quote = _parts(module.module, target.args[0].value)
    words = _words(parts) if quote else None
    if not words or not isinstance(words[0], str) or words[0] in SHELL_BUILTINS or "=" in words[0]:
        return None
    elements = [cst.Element(_element(word, quote)) for word in words]
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


_Part = str | cst.FormattedStringExpression
_Word = str | list[_Part]


def _parts(module: cst.Module, command: cst.BaseExpression) -> tuple[list[_Part], str]:
    """Text and values in their order, and a quote that none of the values contains; no quote where it is neither form."""
    match command:
        case cst.FormattedString(start=start, parts=parts, lpar=[]) if start.lower() in {'f"', "f'"}:
            texts = [part.value if isinstance(part, cst.FormattedStringText) else part for part in parts]
            return [part for part in texts if isinstance(part, str | cst.FormattedStringExpression)], start[
                -1
            ]
        case cst.BinaryOperation():
            added = _added(command)
            code = "".join(
                module.code_for_node(one) for one in added if not isinstance(one, cst.SimpleString)
            )
            quote = next((one for one in "\"'" if one not in code), "")
            if not quote or "\\" in code or "{" in code or edits.has_comment(command):
                return [], ""
            return [_part(one) for one in added], quote
        case _:
            return [], ""


def _added(value: cst.BaseExpression) -> list[cst.BaseExpression]:
    if isinstance(value, cst.BinaryOperation) and isinstance(value.operator, cst.Add):
        return [*_added(value.left), *_added(value.right)]
    return [value]


def _part(value: cst.BaseExpression) -> _Part:
    if isinstance(value, cst.SimpleString) and isinstance(value.evaluated_value, str):
        return value.evaluated_value
    return cst.FormattedStringExpression(value)


def _words(parts: list[_Part]) -> list[_Word] | None:
    """The words as a shell would split them; None when the text around the values uses shell syntax."""
    words: list[_Word] = []
    current: list[_Part] = []
    quote = ""
    for part in parts:
        if isinstance(part, cst.FormattedStringExpression):
            current.append(part)
            continue
        if SHELL_SYNTAX.search(part):
            return None
        for character in part:
            if quote:
                quote, current = ("", current) if character == quote else (quote, _grown(current, character))
            elif character in "'\"":
                quote, current = character, _grown(current, "")
            elif character == " ":
                words, current = _ended(words, current), []
            else:
                current = _grown(current, character)
    return None if quote else _ended(words, current)


def _grown(word: list[_Part], character: str) -> list[_Part]:
    if word and isinstance(word[-1], str):
        return [*word[:-1], word[-1] + character]
    return [*word, character]


def _ended(words: list[_Word], word: list[_Part]) -> list[_Word]:
    if not word:
        return words
    pieces = [piece for piece in word if piece != ""] or [""]
    if all(isinstance(piece, str) for piece in pieces):
        return [*words, "".join(piece for piece in pieces if isinstance(piece, str))]
    return [*words, pieces]


def _element(word: _Word, quote: str) -> cst.BaseExpression:
    if isinstance(word, str):
        return edits.string(word)
    only = word[0]
    if len(word) == 1 and isinstance(only, cst.FormattedStringExpression) and _is_bare(only):
        if isinstance(only.expression, cst.Call) and _is_quoting(only.expression):
            return only.expression.args[0].value
        return cst.Call(func=cst.Name("str"), args=[cst.Arg(only.expression)])
    parts = [cst.FormattedStringText(piece) if isinstance(piece, str) else piece for piece in word]
    return cst.FormattedString(parts=parts, start=f"f{quote}", end="'" if quote == "'" else '"')


def _is_bare(value: cst.FormattedStringExpression) -> bool:
    return value.conversion is None and value.format_spec is None and value.equal is None


def _is_quoting(call: cst.Call) -> bool:
    """`shlex.quote(x)`: without a shell its quotes would become part of the argument."""
    return len(call.args) == 1 and cst.helpers.get_full_name_for_node(call.func) in {
        "shlex.quote",
        "pipes.quote",
    }
