"""The layer that asks where new imports lead, without following them."""

import sys
from types import ModuleType

import pytest
from validation_samples import BEFORE, PATH, Tree, ports, proposal, reading

from autonomous.model.change import FileEdit
from autonomous.model.check import Verdict
from autonomous.stages.checks.declared import declares
from autonomous.stages.checks.imports_resolve import imports_resolve

PYPROJECT = b"""
[project]
dependencies = ["requests>=2", "PyYAML"]
[project.optional-dependencies]
dev = ["python-dateutil~=2.9"]
[dependency-groups]
test = ["zope.interface", {include-group = "dev"}]
[tool.poetry.dependencies]
pendulum = "^3"
[tool.poetry.group.dev.dependencies]
arrow = "*"
"""
TREE: dict[str, bytes | None] = {
    PATH: BEFORE,
    "src/pkg/__init__.py": b"",
    "src/pkg/mod.py": b"",
    "src/pkg/sub/__init__.pyi": b"",
    "src/names/space/deep.py": b"",
    "src/near.py": b"",
    "rooted.py": b"",
    "pyproject.toml": PYPROJECT,
    "requirements.txt": b"# list\nflask==3\n-r other.txt\n",
    "setup.cfg": b"[options]\ninstall_requires =\n    attrs>=20\n[options.extras_require]\nx =\n    pillow\n",
}


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("import shlex", Verdict.PASS),
        ("import os.path", Verdict.PASS),
        ("import xml.etree.ElementTree as tree", Verdict.PASS),
        ("from concurrent import futures", Verdict.PASS),
        ("import wsgiref.headers", Verdict.PASS),
        ("import wsgiref.nonsense", Verdict.VETO),
        ("import shlex.nonsense", Verdict.VETO),
        ("import pkg", Verdict.PASS),
        ("import pkg.mod", Verdict.PASS),
        ("import pkg.nonsense", Verdict.VETO),
        ("import pkg.sub", Verdict.PASS),
        ("from pkg import mod", Verdict.PASS),
        ("from pkg import anything", Verdict.PASS),  # a name inside the package: that is for the types
        ("from pkg.nonsense import x", Verdict.VETO),
        ("import names.space.deep", Verdict.PASS),
        ("from names.space import deep", Verdict.PASS),
        ("import near", Verdict.PASS),
        ("import rooted", Verdict.PASS),
        ("from . import near", Verdict.PASS),
        ("from .near import x", Verdict.PASS),
        ("from .pkg.mod import x", Verdict.PASS),
        ("from .nonsense import x", Verdict.VETO),
        ("from ..rooted import x", Verdict.PASS),
        ("from .....far import x", Verdict.VETO),
        ("import requests", Verdict.PASS),
        ("import yaml", Verdict.PASS),
        ("from dateutil.parser import parse", Verdict.PASS),
        ("import zope.interface as z", Verdict.PASS),
        ("import zope.nonsense", Verdict.VETO),
        ("import pendulum, arrow, flask, attr", Verdict.PASS),
        ("from PIL import Image", Verdict.PASS),
        ("import no_such_module_anywhere", Verdict.VETO),
        ("import libcst", Verdict.WARN),  # installed beside this program, unknown to the project
        ("try:\n    import no_such_module_anywhere\nexcept ImportError:\n    pass", Verdict.PASS),
        (
            "try:\n    import no_such_module_anywhere\nexcept (KeyError, ModuleNotFoundError):\n    pass",
            Verdict.PASS,
        ),
        ("try:\n    import no_such_module_anywhere\nexcept:\n    pass", Verdict.PASS),
        ("try:\n    import no_such_module_anywhere\nexcept KeyError:\n    pass", Verdict.VETO),
        ("x = 1", Verdict.PASS),
    ],
)
def test_new_imports(line: str, verdict: Verdict) -> None:
    check = imports_resolve(proposal(after=f"{line}\n".encode() + BEFORE), ports(TREE), reading())
    assert (check.name, check.verdict, check.reason) == ("imports-resolve", verdict, check.reason)


def test_reasons_say_what_to_do() -> None:
    check = imports_resolve(proposal(after=b"import no_such_module_anywhere\n"), ports(TREE), reading())
    assert check.reason == (
        "`import no_such_module_anywhere`: add no_such_module_anywhere to the project's dependencies first"
    )
    relative = imports_resolve(proposal(after=b"from .nowhere import x\n"), ports(TREE), reading())
    assert relative.reason == "`from .nowhere import x`: the project has no such module"


def test_imports_that_were_there_are_not_judged() -> None:
    before = b"import no_such_module_anywhere\nbad(1)\n"
    for more, verdict in (
        (b"x = 1\n", Verdict.PASS),
        (b"from no_such_module_anywhere import other\n", Verdict.PASS),
        (b"from no_such_module_anywhere.deeper import other\n", Verdict.VETO),
    ):
        assert imports_resolve(proposal(before, before + more), ports(), reading()).verdict is verdict


def test_a_module_that_the_change_makes_is_there() -> None:
    more = (FileEdit("src/fresh.py", None, b"x = 1\n"), FileEdit("src/gone.py", b"y = 1\n", None))
    wanted = proposal(after=b"import fresh\n" + BEFORE, more=more)
    assert imports_resolve(wanted, ports(TREE), reading()).verdict is Verdict.PASS


def test_a_name_that_python_knows_without_a_place_is_no_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "made_by_hand", ModuleType("made_by_hand"))
    check = imports_resolve(proposal(after=b"import made_by_hand\n" + BEFORE), ports(TREE), reading())
    assert check.verdict is Verdict.VETO


def test_nothing_is_imported_to_find_out() -> None:
    for name in ("wsgiref.headers", "wsgiref", "this"):
        sys.modules.pop(name, None)
    imports_resolve(proposal(after=b"import this, wsgiref.headers\n" + BEFORE), ports(TREE), reading())
    assert not {"this", "wsgiref", "wsgiref.headers"} & sys.modules.keys()


def test_declared_names_survive_broken_and_unreadable_files() -> None:
    tree = Tree({"pyproject.toml": b"[project\n", "setup.cfg": b"no section\n", "requirements.txt": None})
    assert not declares(tree, "requests")
    odd = Tree(
        {"pyproject.toml": b"project = 1\ntool = {poetry = {group = {dev = 1}}}\n", "requirements.in": b"x"}
    )
    assert declares(odd, "x")
