import requests as r


def go(url):
    return r.request(
        "GET",
        url,
        headers={"Accept": "*/*"},  # anything
    )
# output
import requests as r


def go(url):
    return r.request(
        "GET",
        url,
        headers={"Accept": "*/*"},  # anything
        timeout=30,
    )
