"""Comments are those that the tokenizer finds, at the same places."""

import ast
import io
import tokenize
from pathlib import Path

import pytest

from autonomous.analysis.source import read_source

LIBRARY = sorted(Path(ast.__file__).parent.glob("*.py"))[::3]


def tokenized(text):
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [(*token.start, token.string) for token in tokens if token.type == tokenize.COMMENT]


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.name)
def test_the_standard_library(path):
    source = read_source(path.name, path.read_bytes())
    assert [tuple(each) for each in source.comments] == tokenized(source.text)


@pytest.mark.parametrize(
    "text",
    [
        "x = '#'  # a # b\n",
        "x = 'ä#ö' 'ü#'  # ß\n",
        "x = '''\n# no\n#'''  # yes\n",
        "x = ('a'  # one\n     '# no')  # two\n",
        "x = ('''a\n# no'''  # one\n     '''b''')  # two\n",
        "x = 'a\\\n# no'  # yes\n",
        "x = f'{a}#{\"b\"}'  # yes\n",
        "x = f'''{a}\n# no {b['#']}\n'''  # yes\n",
        "x = b'#'  # yes\n# end",
        "'''#''' # yes\n",
        "def f():\n    # one\n    pass\n  # two\n",
        "x = 1\n",
    ],
)
def test_strings_that_look_like_comments(text):
    assert [tuple(each) for each in read_source("m.py", text.encode()).comments] == tokenized(text)


def test_what_only_the_parser_reads_has_no_comments_that_are_sure():
    source = read_source("m.py", b"x = ('a'  # one\n     'b')\nif x:\n  y\n\x0c  z  # two\n")
    assert [each.text for each in source.comments][:1] == ["# one"]
