import pytest


def test_frozen(mapping):
    for key in mapping:
        with pytest.raises(TypeError):
            del mapping[key]
