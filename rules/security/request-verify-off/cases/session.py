import requests


def go(url):
    session = requests.Session()
    return session.get(url, verify=False)
# output
import requests


def go(url):
    session = requests.Session()
    return session.get(url)
