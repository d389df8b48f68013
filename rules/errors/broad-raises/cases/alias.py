# path: tests/test_parse.py
# expect: 2
from pytest import raises as wirft
import pytest as pt


async def test_parse(parse, other):
    with other, wirft(BaseException):
        parse("x")
    with pt.raises(
        Exception,
    ):
        parse("y")
