import httpx


def go(url):
    return httpx.get(url)
