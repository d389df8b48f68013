import requests


def go(url, check):
    requests.get(url, verify=True)
    requests.get(url, verify="/etc/ca.pem")
    requests.get(url, verify=check)
