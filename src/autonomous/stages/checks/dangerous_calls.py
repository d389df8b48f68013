"""Ways to run data as code, to leave the project's tree or to trust a stranger: none may be new."""

import ast
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from autonomous.analysis.source import Source
from autonomous.model.check import Check
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import named, passed, python_edits, vetoed

NAME = "dangerous-calls"

_NAMES = {
    "builtins.eval": "eval",
    "builtins.exec": "exec",
    "builtins.compile": "compile",
    "builtins.__import__": "an import by name",
    "importlib.import_module": "an import by name",
    "os.system": "a shell command",
    "os.popen": "a shell command",
    "subprocess.getoutput": "a shell command",
    "subprocess.getstatusoutput": "a shell command",
    "asyncio.create_subprocess_shell": "a shell command",
    "pty.spawn": "a started process",
    "yaml.unsafe_load": "unsafe YAML",
    "yaml.unsafe_load_all": "unsafe YAML",
    "yaml.UnsafeLoader": "unsafe YAML",
    "ssl._create_unverified_context": "TLS without verification",
    "ssl.CERT_NONE": "TLS without verification",
}
_MODULES = {
    "pickle": "unpickling",
    "cPickle": "unpickling",
    "_pickle": "unpickling",
    "dill": "unpickling",
    "cloudpickle": "unpickling",
    "joblib": "unpickling",
    "shelve": "unpickling",
    "marshal": "unmarshalling",
    "ctypes": "native code",
}
_STARTERS = ("os.exec", "os.spawn", "os.posix_spawn")
_BY_STRING = {"eval", "exec", "compile", "system", "popen", "__import__", "__builtins__", "__subclasses__"}
_SENSITIVE = ("/etc/", "/proc/", "~/.", "~root", "/dev/mem")


def dangerous_calls(proposal: Proposal, _ports: Ports, reading: Reading) -> Check:
    """Veto when any of them occurs more often after the change than before it."""
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    where: dict[str, str] = {}
    for edit in python_edits(proposal):
        if edit.before is not None:
            before.update(kind for kind, _ in dangers(reading.source(edit.path, edit.before)))
        if edit.after is not None:
            for kind, line in dangers(reading.source(edit.path, edit.after)):
                after[kind] += 1
                where[kind] = f"{edit.path}:{line}"
    new = tuple(f"{kind} ({where[kind]})" for kind in sorted(after - before))
    if new:
        return vetoed(NAME, f"the change brings {named(new)}")
    return passed(NAME, "no eval, shell, pickle or way out of the tree is new")


def dangers(source: Source) -> Iterator[tuple[str, int]]:
    """Yield kind and line of every mention; a name that is only passed on counts as much as a call."""
    yield from _names(source)
    for keyword in source.nodes(ast.keyword):
        kind = _keyword_kind(keyword)
        if kind:
            yield kind, keyword.value.lineno
    for call in source.nodes(ast.Call):
        if _reaches_by_string(call):
            yield "a dangerous name reached by a string", call.lineno
        if _loads_any_yaml(source, call):
            yield "unsafe YAML", call.lineno
    for constant in source.nodes(ast.Constant):
        if isinstance(constant.value, str) and _leaves_the_tree(constant.value):
            yield "a path out of the tree", constant.lineno


def _names(source: Source) -> Iterator[tuple[str, int]]:
    mentions: Iterator[ast.Name | ast.Attribute] = chain(source.nodes(ast.Name), source.nodes(ast.Attribute))
    for node in mentions:
        if isinstance(node.ctx, ast.Load) and not isinstance(source.parent(node), ast.Attribute):
            kind = _kind(source.resolve(node) or "")
            if kind:
                yield kind, node.lineno


def _kind(name: str) -> str:
    if name in _NAMES:
        return _NAMES[name]
    if name.startswith(_STARTERS):
        return "a started process"
    module, dot, _ = name.partition(".")
    return _MODULES.get(module, "") if dot else ""


def _keyword_kind(keyword: ast.keyword) -> str:
    value = keyword.value.value if isinstance(keyword.value, ast.Constant) else ...
    match keyword.arg:
        case "shell" if value is not False and value is not None:
            return "shell=True"
        case "verify" | "check_hostname" if value is False:
            return f"{keyword.arg}=False"
        case "allow_pickle" if value is True:
            return "unpickling"
    return ""


def _reaches_by_string(call: ast.Call) -> bool:
    """`getattr(os, "system")`, and the like: the name that matters stands in a string."""
    return (
        isinstance(call.func, ast.Name)
        and call.func.id in {"getattr", "vars", "globals", "locals"}
        and any(isinstance(arg, ast.Constant) and arg.value in _BY_STRING for arg in call.args)
    )


def _loads_any_yaml(source: Source, call: ast.Call) -> bool:
    if source.resolve(call.func) not in {"yaml.load", "yaml.load_all"}:
        return False
    loaders = [*call.args[1:], *(keyword.value for keyword in call.keywords if keyword.arg == "Loader")]
    return not any("Safe" in ast.unparse(loader) for loader in loaders)


def _leaves_the_tree(text: str) -> bool:
    return ".." in text.replace("\\", "/").split("/") or text.startswith(_SENSITIVE)
