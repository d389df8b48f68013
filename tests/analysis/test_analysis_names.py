"""A name stands for what Python would find at its place, or for nothing."""

import ast

import pytest

from autonomous.analysis.source import read_source


def resolved(code, path="src/pkg/sub/mod.py"):
    """What the argument of each `see(...)` stands for."""
    source = read_source(path, code.encode())
    calls = [
        node for node in source.nodes(ast.Call) if isinstance(node.func, ast.Name) and node.func.id == "see"
    ]
    return [source.resolve(call.args[0]) for call in sorted(calls, key=lambda call: call.lineno)]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import subprocess\nsee(subprocess.run)", "subprocess.run"),
        ("import subprocess as sp\nsee(sp.run)", "subprocess.run"),
        ("import os.path\nsee(os.path.join)", "os.path.join"),
        ("import os.path as p\nsee(p.join)", "os.path.join"),
        ("from subprocess import run as r\nsee(r)", "subprocess.run"),
        ("from xml.etree import ElementTree\nsee(ElementTree.parse)", "xml.etree.ElementTree.parse"),
        ("import subprocess\nrun = subprocess.run\nsee(run)", "subprocess.run"),
        ("import a\nb = a.x\nc = b.y\nsee(c.z)", "a.x.y.z"),
        ("import a, b\nx, y = a.f, b.g\nsee(y)", "b.g"),
        ("def f():\n  import a\n  see(a.b)", "a.b"),
        ("import a\ndef f():\n  return [see(a.b) for i in x]", "a.b"),
        ("import a\nclass C:\n  x = see(a.b)", "a.b"),
        ("see(open)", "builtins.open"),
        ("import builtins\nsee(builtins.open)", "builtins.open"),
        ("see(str.format)", "builtins.str.format"),
        ("try:\n  import yaml\nexcept ImportError:\n  yaml = None\nsee(yaml.load)", "yaml.load"),
        ("try:\n  from a import f\nexcept ImportError:\n  def f(): pass\nsee(f)", "a.f"),
        ("from os import *\nsee(system)", "os.system"),
        ("from . import x\nsee(x.f)", "pkg.sub.x.f"),
        ("from .x import f\nsee(f)", "pkg.sub.x.f"),
        ("from ..x import f\nsee(f)", "pkg.x.f"),
        ("from ....x import f\nsee(f)", "....x.f"),
        ("from .... import f\nsee(f)", "....f"),
        ("def g(): pass\nsee(g)", "pkg.sub.mod.g"),
        ("class C: pass\nsee(C.m)", "pkg.sub.mod.C.m"),
        ("def f():\n  global a\n  import a\nsee(a.b)", "a.b"),
        ("import a\ndef f(x=see(a.b), *, a): pass", "a.b"),
        ("import a\n@see(a.b)\ndef a_(a): pass", "a.b"),
        ("import a\nlambda a=see(a.b): a", "a.b"),
        ("import a\nclass C(see(a.b)):\n  a = 1", "a.b"),
        ("class C:\n  a = 1\n  def f(self): see(a.b)\nimport a", "a.b"),
    ],
)
def test_what_a_name_stands_for(code, name):
    assert resolved(code) == [name]


@pytest.mark.parametrize(
    "code",
    [
        "see(subprocess.run)",
        "import a\ndef f(a): see(a.b)",
        "import a\nlambda a: see(a.b)",
        "import a\ndef f(*a, **b): see(a.b)",
        "import a\n[see(a.b) for a in x]",
        "import a\nfor a in x: see(a.b)",
        "import a\nfor i, (a, *b) in x: see(a.b)",
        "import a\na += 1\nsee(a.b)",
        "import a\ndel a\nsee(a.b)",
        "import a\nwith x as a: see(a.b)",
        "import a\nwith x as (a, b): see(a.b)",
        "import a\ntry: pass\nexcept E as a: see(a.b)",
        "import a\n(a := 1)\nsee(a.b)",
        "import a\nmatch x:\n  case [a]: see(a.b)",
        "import a\nmatch x:\n  case [*a]: see(a.b)",
        "import a\nmatch x:\n  case {**a}: see(a.b)",
        "import a\na = f()\nsee(a.b)",
        "import a\ndef a(): pass\nsee(a)",
        "import a\ndef f():\n  global a\n  a = 1\nsee(a.b)",
        "def f():\n  import a\n  def g():\n    nonlocal a\n    a = 1\n  see(a.b)",
        "import a\ndef f():\n  a: int\n  see(a.b)",
        "def open(): pass\ndef f():\n  def open(): pass\n  see(open)",
        "import a\nx = a.b if c else a.d\nsee(x)",
        "x = y\ny = x\nsee(x)",
        "x = f().g\nsee(x)",
        "see(f().g)",
        "see(x[0].g)",
        "a, b = f()\nsee(a)",
    ],
)
def test_what_only_looks_the_same_stands_for_nothing(code):
    assert resolved(code) == [None]


def test_alternatives_are_all_known():
    source = read_source("m.py", b"try:\n  import a as x\nexcept ImportError:\n  import b as x\nx.f")
    attribute = next(source.nodes(ast.Attribute))
    assert source.names.resolve(attribute) == ("a.f", "b.f")


def test_a_relative_import_in_a_package_itself():
    assert resolved("from .x import f\nsee(f)", path="lib/pkg/__init__.py") == ["pkg.x.f"]
    assert resolved("from .x import f\nsee(f)", path="top.py") == [".x.f"]


def test_symbols_are_qualified():
    source = read_source("m.py", b"class A:\n  def f(self):\n    def g(): x\n    y\nz\n")
    symbols = {node.id: source.symbol(node) for node in source.nodes(ast.Name)}
    assert symbols == {"x": "A.f.g", "y": "A.f", "z": ""}
    assert source.symbol(next(source.nodes(ast.ClassDef))) == "A"
    assert source.parent(source.tree) is None


def test_nothing_that_repeats_takes_long():
    lines = ["def f():"]
    lines += [f"  global g\n  (g := {n})" for n in range(3000)]
    lines += ["see(g)"]
    lines += [f"a{n} = a{n + 1}" for n in range(3000)]
    lines += ["see(a0)"]
    assert resolved("\n".join(lines)) == [None, None]
