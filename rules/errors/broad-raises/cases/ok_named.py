# path: tests/test_parse.py
import pytest


def test_parse(parse):
    with pytest.raises(ValueError):
        parse("x")
    with pytest.raises((ValueError, TypeError)):
        parse("x")
