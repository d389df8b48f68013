# path: tests/test_server.py
import pytest


def test_server(server):
    with pytest.raises(Exception):
        # which one depends on the system
        server.start()
