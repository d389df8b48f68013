"""Griffe, the real one, on both sides of a change."""

from pathlib import Path

import pytest
from analyzer_samples import Tree, change

from autonomous.adapters.analyzers.griffe import Interface, is_interface

BEFORE = b"""\
import os
from json import dumps


def greet(name, loud=False):
    return name


def _private(a):
    return a


class Shelf:
    size: int = 1

    def put(self, thing):
        return thing
"""


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        (b"return name", b"return str(name)", []),
        (b"loud=False", b"loud=True", ["greet(loud): parameter default was changed"]),
        (b"(name, loud=False)", b"(name, loud=False, *, slow=False)", []),
        (b"(name, loud=False)", b"(name, times, loud=False)", None),
        (b"(name, loud=False)", b"(name)", ["greet(loud): parameter was removed"]),
        (b"def _private(a)", b"def _private(b)", []),
        (b"def greet", b"def hello", ["greet: public object was removed"]),
        (b"    def put(self, thing)", b"    def put(self)", ["Shelf.put(thing): parameter was removed"]),
        (b"class Shelf", b"class Rack", ["Shelf: public object was removed"]),
        (b"import os\n", b"", []),
        (b"from json import dumps\n", b"", []),
        (b"def greet(", b"from elsewhere import *\nfrom elsewhere import Thing\ndef greet(", []),
    ],
)
def test_breaking_changes(old: bytes, new: bytes, messages: list[str] | None) -> None:
    assert old in BEFORE
    analysis = Interface().compare(change(("src/a.py", BEFORE, BEFORE.replace(old, new))), Tree({}))
    assert analysis.unknown == ""
    assert all(issue.breaking and issue.path == "src/a.py" for issue in analysis.new)
    if messages is None:
        assert "greet(times): parameter was added as required" in {issue.message for issue in analysis.new}
    else:
        assert [issue.message for issue in analysis.new] == messages


def test_places_and_codes() -> None:
    (found,) = (
        Interface().compare(change(("a.py", BEFORE, BEFORE.replace(b", loud=False", b""))), Tree({})).new
    )
    assert (found.tool, found.code, found.span.line) == ("griffe", "parameter-removed", 5)


@pytest.mark.parametrize(
    ("before", "after", "messages"),
    [
        (b"class A(object): ...\n", b"class A: ...\n", []),
        (b"class A(B, object): ...\n", b"class A(B): ...\n", []),
        (b"class A(B, object): ...\n", b"class A: ...\n", ["A: base class was removed"]),
    ],
)
def test_bases(before: bytes, after: bytes, messages: list[str]) -> None:
    analysis = Interface().compare(change(("a.py", before, after)), Tree({}))
    assert [issue.message for issue in analysis.new] == messages


def test_a_re_exported_name_that_goes_is_named() -> None:
    before = b"from other import Thing as Thing\n__all__ = ['Thing', 'x']\nx = 1\n"
    analysis = Interface().compare(change(("pkg/__init__.py", before, before.splitlines(True)[2])), Tree({}))
    assert [issue.message for issue in analysis.new] == ["Thing: public object was removed"]


def test_a_removed_module_loses_its_names() -> None:
    analysis = Interface().compare(change(("a.py", BEFORE, None)), Tree({}))
    assert {"greet: public object was removed", "Shelf: public object was removed"} == {
        issue.message for issue in analysis.new
    }


def test_new_files_and_private_places_break_nothing() -> None:
    assert Interface().compare(change(("a.py", None, BEFORE), ("_b.py", BEFORE, b"")), Tree({})).new == ()


@pytest.mark.parametrize(
    ("path", "interface"),
    [
        ("a.py", True),
        ("src/pkg/__init__.py", True),
        ("src/_pkg/a.py", False),
        ("src/pkg/_a.py", False),
        ("tests/a.py", False),
        ("src/test_a.py", False),
        ("docs/conf.py", False),
        ("a.txt", False),
    ],
)
def test_interface(path: str, interface: bool) -> None:
    assert is_interface(path) is interface


@pytest.mark.parametrize("after", [b"def f(:\n", b"x = '\xff'\n", b"x = 1\0"])
def test_what_it_cannot_read_is_unknown(after: bytes) -> None:
    analysis = Interface().compare(change(("a.py", BEFORE, after)), Tree({}))
    assert (analysis.new, analysis.unknown.startswith("griffe cannot read a.py: ")) == ((), True)


def test_code_is_read_and_not_run(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    trap = f"open({str(mark)!r}, 'w').close()\n".encode()
    analysis = Interface().compare(change(("a.py", trap + BEFORE, trap + BEFORE + b"y = 1\n")), Tree({}))
    assert (analysis.new, mark.exists()) == ((), False)
