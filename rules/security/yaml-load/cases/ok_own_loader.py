import yaml


class Strict(yaml.SafeLoader):
    pass


def read(text, loader):
    yaml.load(text, Loader=Strict)
    return yaml.load(text, loader)
