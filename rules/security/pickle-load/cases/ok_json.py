import json


def read(file):
    return json.load(file)
