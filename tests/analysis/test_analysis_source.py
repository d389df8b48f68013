"""A file is read as Python itself reads it, and a hostile one is refused with its reason."""

import ast
import gc
import sys
import warnings
from pathlib import Path

import pytest

from autonomous.analysis.source import LARGEST, SourceUnreadable, read_source
from autonomous.analysis.tree import descendants
from autonomous.model.finding import Span

LIBRARY = sorted(Path(ast.__file__).parent.glob("*.py"))
assert len(LIBRARY) > 100


def read(data):
    return read_source("src/app.py", data.encode() if isinstance(data, str) else data)


def refusal(data):
    with pytest.raises(SourceUnreadable) as caught:
        read(data)
    assert caught.value.path == "src/app.py"
    assert caught.value.exit_code == 3
    return caught.value.reason


@pytest.mark.parametrize("path", LIBRARY[::9], ids=lambda path: path.name)
def test_the_walk_meets_every_node_once_and_knows_its_parent(path):
    source = read_source(path.name, path.read_bytes())
    wanted = [
        node
        for node in ast.walk(source.tree)
        if not isinstance(node, ast.expr_context | ast.operator | ast.unaryop | ast.boolop | ast.cmpop)
    ]
    found = [node for kind in {type(node) for node in wanted} for node in source.nodes(kind)]
    assert {id(node) for node in found} == {id(node) for node in wanted}
    assert len(found) == len(wanted)
    assert len(list(descendants(source.tree))) == len(wanted)
    for node in wanted:
        for child in ast.iter_child_nodes(node):
            if child in source.parents:
                assert source.parents[child] is node
    assert len(source.parents) == len(wanted) - 1


def test_every_kind_of_statement_and_pattern_is_walked():
    source = read(
        "match x:\n  case {'a': 1, **rest}: pass\n  case [True, *more] | None: pass\n  case C(k=2) as c: pass\n"
        "global g\nasync def f(a, /, b=1, *c, d, e=2, **h):\n  nonlocal_ = {**a, 'b': [i for i in b if i]}\n"
    )
    assert {type(node) for node in descendants(source.tree)} > {ast.MatchSingleton, ast.MatchMapping, ast.arg}
    assert list(source.ancestors(next(source.nodes(ast.MatchSingleton))))[-1] is source.tree


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"# coding: latin-1\nx = '\xe4'\n", "ä"),
        (b"#!/usr/bin/python\n# -*- coding: cp1252 -*-\nx = '\x80'\n", "€"),
        (b"\xef\xbb\xbfx = '\xc3\xa4'\n", "ä"),
        (b"x = '\xc3\xa4'\n", "ä"),
        (b"# a word about coding\nx = '\xc3\xa4'", "ä"),
    ],
)
def test_encodings(data, text):
    source = read(data)
    assert source.fold(next(source.nodes(ast.Constant))).value == text
    assert not source.text.startswith("\ufeff")
    assert source.data == data


def test_places_count_characters_and_lines_as_python_does():
    source = read("größe = 'ä'; ß = 1\r\n\x0cy = '\u2028' ; z\r\n# \x0b\rw")
    spans = {node.id: source.span(node) for node in source.nodes(ast.Name)}
    assert spans["größe"] == Span(1, 1, 1, 6)
    assert spans["ß"] == Span(1, 14, 1, 15)
    assert spans["z"] == Span(2, 12, 2, 13)
    assert spans["w"] == Span(4, 1, 4, 2)
    assert [source.segment(node) for node in source.nodes(ast.Constant)] == ["'ä'", "1", "'\u2028'"]
    assert len(source.lines) == 4


def test_segments_over_several_lines():
    source = read("x = f(\n    'ä',\n  b)\n")
    assert source.segment(next(source.nodes(ast.Call))) == "f(\n    'ä',\n  b)"


def test_nodes_without_a_place_span_their_parts():
    source = read("def f(a, *, b=1): return [i for i in a]")
    assert source.span(next(source.nodes(ast.arguments))) == Span(1, 7, 1, 16)
    assert source.segment(next(source.nodes(ast.comprehension))) == "i in a"
    assert source.span(source.tree) == Span(1, 1, 1, 40)
    empty = read("# nothing\n")
    assert empty.span(empty.tree) == Span(1, 1, 1, 1)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"x = 1\ny = '\0'\n", "a NUL byte on line 2"),
        (b"x = 1\ny = '\xff'\n", "utf-8 does not allow byte 0xff on line 2"),
        (b"# coding: klingon\n", "wrong encoding: unknown encoding: klingon"),
        (b"\xef\xbb\xbf# coding: latin-1\n", "wrong encoding"),
        (b"# coding: rot13\nk = 1\n", "wrong encoding"),
        (b"# coding: utf-7\nx = '+2AA-'\n", "wrong encoding"),
        (b"x = 1\nif x\n", "syntax error on line 2"),
        (b"x" * (LARGEST + 1), "larger than 5,000,000 bytes"),
        (b"(" * 100_000, "syntax error on line 1: too many nested parentheses"),
        (b"x = " + b"-" * 200_000 + b"1", "nested too deep"),
        (b"x = a" + b".b" * 200_000, "nested too deep"),
        (b"x = 1" + b" + 1" * 100_000, "nested too deep"),
    ],
    ids=range(12),
)
def test_what_is_no_source_is_refused_with_its_reason(data, reason):
    assert reason in refusal(data)


def test_reading_disturbs_neither_warnings_nor_the_collector():
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        read("x = '\\d' is 1\n")
    assert not heard
    assert gc.isenabled()
    gc.disable()
    try:
        read("x = 1")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_megabyte_on_one_line_is_read():
    source = read("x = [" + "'ä', " * 150_000 + "]")
    assert sum(1 for _ in source.nodes(ast.Constant)) == 150_000
    assert sys.getrecursionlimit() < 150_000
