# path: tests/test_parse.py
import pytest


def test_parse(parse):
    with pytest.raises(Exception) as info:
        parse("x")
    assert info.type is ValueError
