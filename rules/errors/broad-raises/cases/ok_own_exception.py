# path: tests/test_parse.py
import pytest
from parser import Exception


def test_parse(parse, raises):
    with pytest.raises(Exception):
        parse("x")
    with raises(ValueError):
        parse("y")
