from ruamel.yaml import YAML

yaml = YAML(typ="safe")


def read(text):
    return yaml.load(text)
