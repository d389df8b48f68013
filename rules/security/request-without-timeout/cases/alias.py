from requests import post as absenden


def go(url, menü):
    return absenden(url, json=menü)
# output
from requests import post as absenden


def go(url, menü):
    return absenden(url, json=menü, timeout=30)
