# path: tests/test_server.py
import requests


def test_server(url):
    assert requests.get(url, verify=False).ok
