import yaml


def read(path):
    with open(path) as stream:
        return yaml.load(stream)
# output
import yaml


def read(path):
    with open(path) as stream:
        return yaml.safe_load(stream)
