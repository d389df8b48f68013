"""Values of `random` that become a secret, judged by the name they get."""

import ast
import re
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_DRAWS = frozenset(
    f"random.{name}"
    for name in ("choice", "choices", "randint", "random", "randrange", "getrandbits", "sample", "randbytes")
)
_SECRET = frozenset({"password", "passwd", "passphrase", "secret", "otp", "csrf", "salt"})
_KINDS_OF_KEY = frozenset({"api", "secret", "session", "private", "access", "encryption", "auth", "signing"})
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def find(source: Source) -> Iterator[Hit]:
    """Yield the draws inside a value that is assigned to, or returned from, something named as a secret."""
    if b"random" not in source.data:
        return
    for call in source.nodes(ast.Call):
        name = source.resolve(call.func)
        if name in _DRAWS and isinstance(call.func, ast.Attribute):
            owner = _owner(source, call)
            if owner and _is_secret(owner, call):
                yield Hit(node=call, at=call, facts={"CALL": name, "NAME": owner})


def _owner(source: Source, call: ast.Call) -> str:
    """The name that the value gets: of the variable, the keyword, or the function that returns it."""
    for node in source.ancestors(call):
        if isinstance(node, ast.Assign):
            return _name_of(node.targets[0])
        if isinstance(node, ast.AnnAssign):
            return _name_of(node.target)
        if isinstance(node, ast.keyword):
            return node.arg or ""
        if isinstance(node, ast.Return):
            function = next((up for up in source.ancestors(node) if isinstance(up, ast.FunctionDef)), None)
            return function.name if function else ""
        if isinstance(node, (ast.stmt, ast.Lambda)):
            return ""
    return ""


def _name_of(target: ast.expr) -> str:
    match target:
        case (
            ast.Name(id=name) | ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=str(name)))
        ):
            return name
        case _:
            return ""


def _is_secret(name: str, call: ast.Call) -> bool:
    words = {word.lower() for word in _WORDS.findall(name)}
    if words & _SECRET or (words & {"key", "token"} and words & _KINDS_OF_KEY):
        return True
    drawn = call.args[0] if call.args else None
    return (
        "token" in words
        and "tokens" not in words
        and not (isinstance(drawn, ast.Name) and drawn.id.islower())
    )
