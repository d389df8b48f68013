"""Functions of fix.py: what they may return, and how it is put in place."""

from pathlib import Path

import pytest
from rule_folder import book_of, fix, ways

from autonomous.model.kinds import Safety

HEAD = """
import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

def change(module, target, hit):
"""
CALL = '[fix]\nsafety = "safe"\ncall = "change"\nimports = ["hmac", "numpy as np"]\n'


def toml(pattern: str) -> str:
    return f"[[match]]\npattern = '''{pattern}'''\n{CALL}"


@pytest.mark.parametrize(
    ("body", "before", "after"),
    [
        ("return cst.parse_expression('a or b')", "y = old(1) + 1\n", "y = (a or b) + 1\n"),
        ("return cst.parse_expression('a or b')", "y = (old(1)) + 1\n", "y = (a or b) + 1\n"),
        ("return cst.Call(cst.Name('f'), [cst.Arg(target.with_changes(func=cst.Name('g')))])", "y = (old(1))\n", "y = f((g(1)))\n"),
        ("return target.args[0].value", "y = old((yield))\n", "y = (yield)\n"),
        ("return None", "old(1)\n", "old(1)\n"),
        ("return target", "old(1)\n", "old(1)\n"),
        ("return cst.Name('def')", "old(1)\n", "old(1)\n"),
        ("return cst.Pass()", "old(1)\n", "old(1)\n"),
        ("return cst.parse_expression('hmac.digest(a.hmac, hmac=b)')", "old(1)\n",
         "import hmac\n\nhmac.digest(a.hmac, hmac=b)\n"),
        ("return cst.parse_expression('hmac.digest(x)')", "import hmac as h\nold(1)\n", "import hmac as h\nh.digest(x)\n"),
        ("return cst.parse_expression('f(lambda hmac: hmac.x, np)')", "from numpy import z as np\nold(1)\n",
         "import hmac\n\nimport numpy as _np\nfrom numpy import z as np\nf(lambda hmac: hmac.x, _np)\n"),
        ("return target.with_changes(func=cst.Name('hmac'))", "def f(hmac):\n    old(hmac)\n",
         "import hmac as _hmac\n\n\ndef f(hmac):\n    _hmac(hmac)\n"),
    ],
)  # fmt: skip
def test_expressions(tmp_path: Path, body: str, before: str, after: str) -> None:
    assert fix(tmp_path, toml("old(...)"), before, fix_py=f"{HEAD}    {body}\n") == after


@pytest.mark.parametrize(
    ("body", "before", "after"),
    [
        ("return cst.parse_statement('if x:\\n    y\\n')", "# a\nz = old(1)  # b\n", "# a\nif x:\n    y\n"),
        ("return cst.parse_statement('new()')", "if z:\n\t# a\n\tz = old(1)  # b\n", "if z:\n\t# a\n\tnew()  # b\n"),
        ("return cst.FlattenSentinel([cst.parse_statement('a'), cst.parse_statement('b')])",
         "# a\nz = old(1)  # b\nc\n", "# a\na\nb  # b\nc\n"),
        ("return target.with_changes(value=cst.Name('n'))", "a; z = old(1); b\n", "a; z = n; b\n"),
        ("return cst.RemoveFromParent()", "a\nz = old(1)\nb\n", "a\nb\n"),
        ("return cst.RemoveFromParent()", "a; z = old(1); b\n", "a; b\n"),
        ("return cst.RemoveFromParent()", "if a:\n    z = old(1)\n", "if a:\n    pass\n"),
        ("return cst.parse_statement('new()')", "a; z = old(1); b\n", "a; z = old(1); b\n"),
        ("return cst.FlattenSentinel([cst.Pass(), cst.parse_statement('b')])", "z = old(1)\n", "z = old(1)\n"),
        ("return cst.parse_statement('def hmac(hmac): hmac.x')", "z = old(1)\n", "import hmac\n\n\ndef hmac(hmac): hmac.x\n"),
        ("return cst.parse_statement('import hmac')", "z = old(1)\n", "import hmac\n"),
        ("return cst.parse_statement('class hmac: pass')", "z = old(1)\n", "class hmac: pass\n"),
    ],
)  # fmt: skip
def test_statements(tmp_path: Path, body: str, before: str, after: str) -> None:
    assert fix(tmp_path, toml("$Z = old(...)"), before, fix_py=f"{HEAD}    {body}\n") == after


def test_a_handler_and_metadata_of_its_statement(tmp_path: Path) -> None:
    body = (
        "    places = module.resolve(PositionProvider)\n"
        "    line = places[target].start.line - places[module.module.body[-1]].start.line\n"
        "    return target.with_changes(type=cst.Name(f'E{line}'), "
        "whitespace_after_except=cst.SimpleWhitespace(' '))\n"
    )
    before = "x\ntry:\n    a\n# why\nexcept:  # all\n    b\n"
    after = "x\ntry:\n    a\n# why\nexcept E3:  # all\n    b\n"
    assert fix(tmp_path, toml("except: ..."), before, fix_py=HEAD + body) == after


def test_a_match_that_has_no_concrete_node_makes_no_rewrite(tmp_path: Path) -> None:
    rule_py = "from autonomous.rulebook.hit import Hit\ndef find(source):\n    yield Hit(source.tree.body[0].args, source.tree.body[0])\n"
    book = book_of(tmp_path, CALL, rule_py=rule_py, fix_py=f"{HEAD}    return None\n")
    assert ways(book, "def f(a): pass\n") == ()


def test_a_comment_that_the_function_drops_makes_it_a_review(tmp_path: Path) -> None:
    book = book_of(tmp_path, toml("old(...)"), fix_py=f"{HEAD}    return cst.Name('n')\n")
    (way,) = ways(book, "y = old(\n    1,  # one\n)\n")
    assert (way.after, way.safety) == (b"y = n\n", Safety.REVIEW)
