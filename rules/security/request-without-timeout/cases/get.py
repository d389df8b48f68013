import requests


def go(url):
    return requests.get(url).json()
# output
import requests


def go(url):
    return requests.get(url, timeout=30).json()
