# path: tests/test_server.py
import pytest


def test_server(server):
    with pytest.raises(Exception):
        with server:
            raise Exception("stop")
