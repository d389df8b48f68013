import ssl
import urllib.request


def read(url):
    return urllib.request.urlopen(url, context=ssl._create_unverified_context())
# output
import ssl
import urllib.request


def read(url):
    return urllib.request.urlopen(url, context=ssl.create_default_context())
