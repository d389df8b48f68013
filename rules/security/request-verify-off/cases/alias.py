from requests import post as senden
import httpx as h


def go(url, daten):
    senden(url, verify=False, json=daten)
    with h.Client(verify=False) as client:
        client.get(url)  # Überprüfung
# output
from requests import post as senden
import httpx as h


def go(url, daten):
    senden(url, json=daten)
    with h.Client() as client:
        client.get(url)  # Überprüfung
