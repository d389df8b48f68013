import requests


def go(url, options):
    requests.get(url, timeout=3)
    requests.get(timeout=(3, 10), url=url)
    requests.get(url, timeout=None)
    requests.post(url, **options)
