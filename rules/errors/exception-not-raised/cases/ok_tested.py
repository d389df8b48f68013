import pytest


def test_made():
    with pytest.raises(TypeError):
        UnicodeDecodeError("utf-8")
