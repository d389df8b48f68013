import json


def use(path):
    with open(path) as file:
        return json.load(file), file.read()
