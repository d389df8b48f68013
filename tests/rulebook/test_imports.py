"""Imports: added once, where a person would write them, under a name that is free, and taken away when unused."""

from pathlib import Path

import pytest
from rule_folder import book_of, fix

from autonomous.analysis.source import read_source
from autonomous.rulebook.expected import Unfillable
from autonomous.rulebook.imports import with_import
from autonomous.rulebook.unused import without_unused
from autonomous.rulebook.wants import Want

QUOTE = """
[[match]]
pattern = "old($X)"
[fix]
safety = "safe"
replace = "shlex.quote($X)"
imports = ["shlex"]
"""
PATH = """
[[match]]
pattern = "old($X)"
[fix]
safety = "safe"
replace = "Path($X)"
imports = ["pathlib.Path"]
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("old(a)\n", "import shlex\n\nshlex.quote(a)\n"),
        ("def f():\n    old(a)\n", "import shlex\n\n\ndef f():\n    shlex.quote(a)\n"),
        ('"""Doc."""\nold(a)\n', '"""Doc."""\n\nimport shlex\n\nshlex.quote(a)\n'),
        ('"""Doc."""\n\n\nold(a)\n', '"""Doc."""\n\nimport shlex\n\n\nshlex.quote(a)\n'),
        (
            "#!/usr/bin/python\n# coding: utf-8\nold(a)\n",
            "#!/usr/bin/python\n# coding: utf-8\nimport shlex\n\nshlex.quote(a)\n",
        ),
        ("# Licence.\n\nold(a)\n", "# Licence.\n\nimport shlex\n\nshlex.quote(a)\n"),
        ("# about it\nold(a)\n", "import shlex\n\n# about it\nshlex.quote(a)\n"),
        (
            "from __future__ import annotations\n\nold(a)\n",
            "from __future__ import annotations\n\nimport shlex\n\nshlex.quote(a)\n",
        ),
        ("import os\nimport sys\n\nold(os, sys)\nold(os)\n", "import os\nimport shlex\nimport sys\n\nold(os, sys)\nshlex.quote(os)\n"),
        ("import sys\nimport os\n\nold(a)\nos, sys\n", "import sys\nimport os\nimport shlex\n\nshlex.quote(a)\nos, sys\n"),
        ("import numpy\n\nold(numpy)\n", "import shlex\n\nimport numpy\n\nshlex.quote(numpy)\n"),
        ("import os\n\nimport numpy\n\nold(numpy, os)\nold(a)\n", "import os\nimport shlex\n\nimport numpy\n\nold(numpy, os)\nshlex.quote(a)\n"),
        ("from os import path\n\nold(path)\n", "import shlex\nfrom os import path\n\nshlex.quote(path)\n"),
        ("import sys  # noqa\n# next\nimport time\n\nold(sys, time)\nold(a)\n", "import shlex\nimport sys  # noqa\n# next\nimport time\n\nold(sys, time)\nshlex.quote(a)\n"),
        ("import os\n# about time\nimport time\n\nold(os, time)\nold(a)\n", "import os\nimport shlex\n# about time\nimport time\n\nold(os, time)\nshlex.quote(a)\n"),
        ("import os\r\n\r\nold(os)\r\n", "import os\r\nimport shlex\r\n\r\nshlex.quote(os)\r\n"),
    ],
)  # fmt: skip
def test_place_of_a_new_import(tmp_path: Path, before: str, after: str) -> None:
    assert fix(tmp_path, QUOTE, before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # what is there is used
        ("import shlex\nold(a)\n", "import shlex\nshlex.quote(a)\n"),
        ("import shlex as sh\nold(a)\n", "import shlex as sh\nsh.quote(a)\n"),
        ("from shlex import quote\nold(a)\n", "from shlex import quote\nquote(a)\n"),
        ("from shlex import quote as q\nold(a)\n", "from shlex import quote as q\nq(a)\n"),
        ("from shlex import split\nold(split)\n", "from shlex import quote, split\nquote(split)\n"),
        ("def f():\n    import shlex\n    old(a)\n", "def f():\n    import shlex\n    shlex.quote(a)\n"),
        ("try:\n    import shlex\nexcept ImportError:\n    shlex = None\nold(a)\n",
         "try:\n    import shlex\nexcept ImportError:\n    shlex = None\nshlex.quote(a)\n"),
        # what is there can't be used
        ("def f(shlex):\n    old(shlex)\n", "import shlex as _shlex\n\n\ndef f(shlex):\n    _shlex.quote(shlex)\n"),
        ("shlex = 1\nold(a)\n", "import shlex as _shlex\n\nshlex = 1\n_shlex.quote(a)\n"),
        ("def f():\n    old(a)\n    import shlex\n", "import shlex as _shlex\n\n\ndef f():\n    _shlex.quote(a)\n    import shlex\n"),
        ("def f():\n    if x:\n        import shlex\n    old(a)\n",
         "import shlex as _shlex\n\n\ndef f():\n    if x:\n        import shlex\n    _shlex.quote(a)\n"),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import shlex\nold(a)\n",
         "import shlex\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import shlex\nshlex.quote(a)\n"),
        ("_shlex = shlex = 1\nold(a)\n", "_shlex = shlex = 1\nold(a)\n"),
        ("def f(quote):\n    old(quote)\nfrom shlex import split\n",
         "import shlex\n\n\ndef f(quote):\n    shlex.quote(quote)\nfrom shlex import split\n"),
        # the block is elsewhere
        ("old(a)\nimport os\nos\n", "import shlex\n\nold(a)\nimport os\nos\n".replace("old", "shlex.quote")),
        ("'doc'; old(a)\n", "'doc'; old(a)\n"),
    ],
)  # fmt: skip
def test_names_of_the_file(tmp_path: Path, before: str, after: str) -> None:
    assert fix(tmp_path, QUOTE, before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("old(a)\n", "from pathlib import Path\n\nPath(a)\n"),
        ("import pathlib\nold(a)\n", "import pathlib\npathlib.Path(a)\n"),
        ("from pathlib import Path as P\nold(a)\n", "from pathlib import Path as P\nP(a)\n"),
        ("from pathlib import PurePath\nold(PurePath)\n", "from pathlib import Path, PurePath\nPath(PurePath)\n"),
        ("from pathlib import (\n    A,\n    Z,\n)\nold(A, Z)\nold(a)\n", "from pathlib import (\n    A,\n    Path,\n    Z,\n)\nold(A, Z)\nPath(a)\n"),
        ("from pathlib import (\n    A,\n    B,\n)\nold(A, B)\nold(a)\n", "from pathlib import (\n    A,\n    B,\n    Path,\n)\nold(A, B)\nPath(a)\n"),
        ("from pathlib import *\nold(a)\n", "from pathlib import *\nfrom pathlib import Path\nPath(a)\n"),
        ("from .pathlib import X\nold(X)\n", "from pathlib import Path\n\nfrom .pathlib import X\nPath(X)\n"),
        ("from pathlib import A, \\\n    B\nold(A, B)\nold(a)\n", "from pathlib import A, \\\n    B\nfrom pathlib import Path\nold(A, B)\nPath(a)\n"),
        ("def f(Path):\n    old(Path)\n", "from pathlib import Path as _Path\n\n\ndef f(Path):\n    _Path(Path)\n"),
        ("import os\nfrom sys import argv\n\nold(os, argv)\nold(a)\n", "import os\nfrom pathlib import Path\nfrom sys import argv\n\nold(os, argv)\nPath(a)\n"),
        ("import os\n\nold(os)\n", "import os\nfrom pathlib import Path\n\nPath(os)\n"),
    ],
)  # fmt: skip
def test_names_of_a_module(tmp_path: Path, before: str, after: str) -> None:
    assert fix(tmp_path, PATH, before) == after


def test_a_line_that_would_grow_too_long_is_left_alone(tmp_path: Path) -> None:
    names = ", ".join(f"name_{number}" for number in range(9))
    before = f"from pathlib import {names}\nkeep({names})\nold(a)\n"
    after = f"from pathlib import {names}\nfrom pathlib import Path\nkeep({names})\nPath(a)\n"
    assert fix(tmp_path, PATH, before) == after


def test_an_interleaved_block_is_sorted_by_module(tmp_path: Path) -> None:
    before = "import ast\nfrom os import path\nimport re\nfrom sys import argv\n\nkeep(ast, path, re, argv)\nold(a)\n"
    assert "from os import path\nfrom pathlib import Path\nimport re\n" in fix(tmp_path, PATH, before)


def test_the_package_of_the_file_comes_last(tmp_path: Path) -> None:
    toml = PATH.replace("pathlib.Path", "app.Path")
    before = "import os\n\nold(os)\n"
    assert fix(tmp_path, toml, before, path="src/app/x.py") == (
        "import os\n\nfrom app import Path\n\nPath(os)\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import sub\nsub.old(a)\n", "import sub\nsub.new(a)\n"),
        ("import sub as s\ns.old(a)\n", "import sub as s\ns.new(a)\n"),
        ("from sub import old as o\no(a)\n", "from sub import new\nnew(a)\n"),
        ("from sub import old, new as n\nold(a)\n", "from sub import new as n\nn(a)\n"),
        ("from sub import old\ndef f(new):\n    old(new)\n", "import sub\ndef f(new):\n    sub.new(new)\n"),
    ],
)
def test_a_module_of_the_pattern_needs_no_mention(tmp_path: Path, before: str, after: str) -> None:
    toml = '[[match]]\npattern = "sub.old($X)"\n[fix]\nsafety = "safe"\nreplace = "sub.new($X)"\n'
    assert fix(tmp_path, toml, before) == after


def test_a_builtin_is_never_hidden_by_an_import(tmp_path: Path) -> None:
    toml = '[[match]]\npattern = "sub.old($X)"\n[fix]\nsafety = "safe"\nreplace = "sub.open($X)"\n'
    before = "from sub import old\nold(a)\n"
    assert fix(tmp_path, toml, before) == "import sub\nsub.open(a)\n"


def test_what_a_template_binds_itself_is_no_import(tmp_path: Path) -> None:
    toml = """
[[match]]
pattern = "old($X)"
[fix]
safety = "safe"
replace = '''
import x
with open($X) as sub:
    sub.y(self, [i for i in sub], lambda j: j)
def k(): k.l
class M: pass
try: pass
except E as e: e.f
'''
"""
    after = fix(tmp_path, toml, "from sub import z\nfrom i import z as y\nold(a)\n")
    assert "    sub.y(self, [i for i in sub], lambda j: j)\n" in after


UNUSED = '[[match]]\npattern = "os.old($X)"\n[fix]\nsafety = "safe"\nreplace = "new($X)"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import os\n\n\nos.old(a)\n", "new(a)\n"),
        ("import os\nimport sys\nos.old(sys)\n", "import sys\nnew(sys)\n"),
        ("import sys, os\nos.old(sys)\n", "import sys\nnew(sys)\n"),
        ("import os, sys\nos.old(sys)\n", "import sys\nnew(sys)\n"),
        ("import sys\n\nimport os\n\nimport x\nos.old(sys, x)\nos.old(sys.a(x))\n".replace("os.old(sys, x)\n", ""),
         "import sys\n\nimport x\nnew(sys.a(x))\n"),
        ("from os import (\n    a,\n    old,\n    z,\n)\nold(a(z))\n", "from os import (\n    a,\n    z,\n)\nnew(a(z))\n"),
        ("def f():\n    import os\n    os.old(a)\n", "def f():\n    new(a)\n"),
        ('"""Doc."""\n\nimport os\n\n\ndef f():\n    os.old(a)\n', '"""Doc."""\n\n\ndef f():\n    new(a)\n'),
        # both matches together make it unused
        ("import os\nos.old(a)\n\n\nos.old(b)\n", "new(a)\n\n\nnew(b)\n"),
        # still needed, or perhaps needed
        ("import os\nos.old(os)\n", "import os\nnew(os)\n"),
        ("import os\n__all__ = ['os']\nos.old(a)\n", "import os\n__all__ = ['os']\nnew(a)\n"),
        ("import os\ndef f(x: 'os.PathLike'): os.old(a)\n", "import os\ndef f(x: 'os.PathLike'): new(a)\n"),
        ("import os\n'>>> f(os)'\nos.old(a)\n", "import os\n'>>> f(os)'\nnew(a)\n"),
        ("import os as os\nos.old(a)\n", "import os as os\nnew(a)\n"),
        ("if x:\n    import os\n    y\nos.old(a)\n", "if x:\n    import os\n    y\nnew(a)\n"),
        ("import os; x\nos.old(a)\n", "import os; x\nnew(a)\n"),
        ("import os\ndef f():\n    global os\nos.old(a)\n", "import os\ndef f():\n    global os\nnew(a)\n"),
        ("import os\nif x:\n    import os\nos.old(a)\n", "import os\nif x:\n    import os\nnew(a)\n"),
        # unused before
        ("import sys\nimport os\nos.old(a)\n", "import sys\nnew(a)\n"),
    ],
)  # fmt: skip
def test_imports_that_the_change_made_unused(tmp_path: Path, before: str, after: str) -> None:
    assert fix(tmp_path, UNUSED, before) == after


def test_nothing_goes_from_a_package(tmp_path: Path) -> None:
    before = "import os\nos.old(a)\n"
    assert fix(tmp_path, UNUSED, before, path="src/app/__init__.py") == "import os\nnew(a)\n"


def test_a_long_string_is_no_code() -> None:
    before = f"import os\nx = '{'os ' * 100}'\nos\n"
    after = before.removesuffix("os\n")
    source = read_source("a.py", before.encode())
    assert without_unused(source, after) == after.removeprefix("import os\n")


def test_the_last_line_without_end() -> None:
    text = "'doc'"
    assert with_import(text, Want("os"), before=2) == "'doc'\n\nimport os"
    with pytest.raises(Unfillable):
        with_import("'doc'; os.x", Want("os"), before=1)


def test_an_import_that_is_there_is_not_added_again() -> None:
    text = "from os import path as p\np\n"
    assert with_import(text, Want("os", "path", "p"), before=2) == text


@pytest.mark.parametrize(
    ("text", "want", "statement", "bound"),
    [
        ("shlex", Want("shlex"), "import shlex", "shlex"),
        ("pathlib.Path", Want("pathlib", "Path"), "from pathlib import Path", "Path"),
        ("numpy as np", Want("numpy", alias="np"), "import numpy as np", "np"),
        ("os.path as p", Want("os", "path", "p"), "from os import path as p", "p"),
    ],
)
def test_what_a_rule_may_ask_for(text: str, want: Want, statement: str, bound: str) -> None:
    assert Want.parse(text) == want
    assert (want.statement, want.bound) == (statement, bound)


def test_an_import_under_an_alias_is_spelled_so(tmp_path: Path) -> None:
    toml = '[[match]]\npattern = "old($X)"\n[fix]\nsafety = "safe"\nreplace = "np.all($X)"\nimports = ["numpy as np"]\n'
    assert fix(tmp_path, toml, "old(a)\n") == "import numpy as np\n\nnp.all(a)\n"
    book = book_of(tmp_path / "more", toml)
    assert book.fix_all(b"import numpy\nold(a)\n", "a.py", rule="AUT999") == b"import numpy\nnumpy.all(a)\n"
