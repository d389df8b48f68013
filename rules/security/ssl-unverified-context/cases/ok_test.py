# path: tests/test_tls.py
import ssl


def test_server():
    assert ssl._create_unverified_context()
