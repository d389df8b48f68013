import json as yaml


def read(text):
    return yaml.load(text)
