import requests


def go(url):
    return requests.request(
        "GET",
        url,
        verify=False,
    )
# output
import requests


def go(url):
    return requests.request(
        "GET",
        url,
    )
