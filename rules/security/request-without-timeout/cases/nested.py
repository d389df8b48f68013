import requests


def outer(urls):
    def inner(url):
        return requests.head(url, allow_redirects=True)

    return [inner(url) for url in urls]
# output
import requests


def outer(urls):
    def inner(url):
        return requests.head(url, allow_redirects=True, timeout=30)

    return [inner(url) for url in urls]
