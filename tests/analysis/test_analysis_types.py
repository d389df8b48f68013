"""Types are inferred where the file itself says them, and unknown everywhere else."""

import ast

import pytest

from autonomous.analysis.source import read_source


def inferred(code):
    """Type of the argument of each `see(...)`."""
    source = read_source("src/m.py", code.encode())
    calls = [
        node for node in source.nodes(ast.Call) if isinstance(node.func, ast.Name) and node.func.id == "see"
    ]
    return [source.type_of(call.args[0]) for call in sorted(calls, key=lambda call: call.lineno)]


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("1", "int"), ("'a'", "str"), ("b'a'", "bytes"), ("1.5", "float"), ("True", "bool"), ("f'{x}'", "str"),
        ("[]", "list"), ("{}", "dict"), ("{1}", "set"), ("(1,)", "tuple"), ("[i for i in x]", "list"),
        ("{i: i for i in x}", "dict"), ("{i for i in x}", "set"), ("a < b", "bool"), ("not a", "bool"), ("-1", "int"),
        ("'a' % x", "str"), ("'a' + 'b'", "str"), ("1 + 2", "int"), ("1 / 2", "float"), ("1 + 2.0", "float"),
        ("True + True", "int"), ("1j * 2", "complex"), ("'a' if x else 'b'", "str"), ("'a' or 'b'", "str"),
        ("(y := 'a')", "str"), ("'a'.upper()", "str"), ("'a'.split()", "list"), ("'a'.encode()", "bytes"),
        ("str(x)", "str"), ("sorted(x)", "list"), ("len(x)", "int"), ("dict(a=1)", "dict"), ("input()", "str"),
    ],
)  # fmt: skip
def test_built_in_types(expression, kind):
    assert inferred(f"see({expression})") == [f"builtins.{kind}"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("import sqlite3\ndb = sqlite3.connect('x')\nsee(db)", "sqlite3.Connection"),
        ("import sqlite3\nsee(sqlite3.connect('x').cursor())", "sqlite3.Cursor"),
        ("import sqlite3\nwith sqlite3.connect('x') as db: see(db.execute('x'))", "sqlite3.Cursor"),
        ("with open('x') as f: see(f)", "io.TextIOWrapper"),
        ("with open('x') as f: see(f.read())", "builtins.str"),
        ("with open('x', 'rb') as f: see(f)", "io.BufferedReader"),
        ("with open('x', mode='rb') as f: see(f.read())", "builtins.bytes"),
        ("import re\nsee(re.compile('x'))", "re.Pattern"),
        ("import requests\nsee(requests.Session())", "requests.Session"),
        ("import requests\nsee(requests.sessions.Session().get(x))", "requests.Response"),
        ("from pathlib import Path\nsee(Path('a') / 'b')", "pathlib.Path"),
        ("from pathlib import Path\nsee(Path('a').parent.resolve().read_text())", "builtins.str"),
        ("from pathlib import Path\nwith Path('a').open('rb') as f: see(f)", "io.BufferedReader"),
        ("import flask\napp = flask.Flask(__name__)\nsee(app)", "flask.Flask"),
        ("def f(x: str): see(x)", "builtins.str"),
        ("def f(x: 'str'): see(x)", "builtins.str"),
        ("def f(x: list[int]): see(x)", "builtins.list"),
        ("def f(x: str | None): see(x)", "builtins.str"),
        ("def f(x: None | str): see(x)", "builtins.str"),
        ("from typing import Optional\ndef f(x: Optional[str]): see(x)", "builtins.str"),
        ("from typing import Annotated\ndef f(x: Annotated[str, 1]): see(x)", "builtins.str"),
        ("import typing as t\ndef f(x: t.Dict[str, int]): see(x)", "builtins.dict"),
        ("import a\ndef f(x: 'a.B[int]'): see(x)", "a.B"),
        ("x: str = f()\nsee(x)", "builtins.str"),
        ("def f(*x): see(x)", "builtins.tuple"),
        ("def f(**x): see(x)", "builtins.dict"),
        ("x = 'a'\nx = 'b'\nsee(x)", "builtins.str"),
        ("class C: pass\nsee(C())", "m.C"),
        ("class c: pass\nsee(c())", "m.c"),
        ("def f() -> str: pass\nsee(f())", "builtins.str"),
        ("class C:\n  def f(self): see(self)", "m.C"),
        ("class C:\n  def g(self) -> str: pass\n  def f(self): see(self.g())", "builtins.str"),
        ("class C:\n  def __init__(self):\n    self.x = 'a'\n  def f(self): see(self.x)", "builtins.str"),
        (
            "class C:\n  def __init__(self, x):\n    self.x: str = x\n  def f(self): see(self.x)",
            "builtins.str",
        ),
        ("class C:\n  x: str\n  def f(self): see(self.x)", "builtins.str"),
        ("class C: pass\nsee(C)", "builtins.type"),
        ("def f(): pass\nsee(f)", "types.FunctionType"),
        ("see(lambda: 1)", "types.FunctionType"),
        ("async def f(): see(await g(str(1)) if 0 else (await str(1)))\n", None),
        ("async def f(): see(await str(1))\n", "builtins.str"),
    ],
)
def test_types_from_the_file(code, kind):
    assert inferred(code) == [kind]


@pytest.mark.parametrize(
    "code",
    [
        "see(None)", "see(x)", "see(f())", "see(x.y)", "see(a + b)", "see('a' + b)", "x = 'a'\nx = 1\nsee(x)",
        "for x in 'ab': see(x)", "def f(x): see(x)", "x = x\nsee(x)", "see(1 if x else 'a')", "def f(x: '1 +'): see(x)",
        "class C:\n  @staticmethod\n  def f(x): see(x)", "class C:\n  def f(self): self.x = 1; self.x = 'a'; see(self.x)",
        "class C:\n  def f(self): self.x = self.x; see(self.x)", "async def f() -> str: pass\nsee(f())",
        "def f(x: int | str): see(x)", "from typing import Annotated\ndef f(x: Annotated[()]): see(x)",
        "import typing\ndef f(x: typing.Optional): see(x)", "class C:\n  def f(self, x): see(x)", "see(str.nonsense())",
    ],
)  # fmt: skip
def test_what_is_not_said_is_unknown(code):
    assert inferred(code) in ([None], ["typing.Optional"])


def test_classes_of_the_file_are_what_they_derive_from():
    code = "import a\nclass B(a.Base[int]): pass\nclass C(B): pass\nclass D(D): pass\nx = C()\ny = D()\n"
    source = read_source("src/m.py", code.encode())
    call, loop = sorted(source.nodes(ast.Call), key=lambda node: node.lineno)
    assert source.types.is_a(call, "a.Base")
    assert source.types.is_a(call, "m.B")
    assert not source.types.is_a(call, "str")
    assert not source.types.is_a(loop, "a.Base")


def test_chains_without_end_are_given_up():
    code = "\n".join([*(f"a{n} = a{n + 1}" for n in range(200)), "a200 = 'x'", "see(a0)"])
    assert inferred(code) == [None]


def test_many_uses_and_many_assignments_stay_cheap():
    lines = [f"x = {n}\nsee(x)" for n in range(3000)]
    assert set(inferred("\n".join(lines))) == {"builtins.int"}
