# path: tests/test_shapes.py
from shapes import *


def test_area():
    assert Circle()
