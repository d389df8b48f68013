# path: tests/test_parse.py
# expect: 1
import pytest


def test_parse(parse):
    with pytest.raises(Exception):
        parse("größe")
