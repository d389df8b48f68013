# path: tests/test_parse.py
import pytest


def test_parse(parse):
    with pytest.raises(Exception, match="line 1"):
        parse("x")
