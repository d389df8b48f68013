import yaml
from yaml import SafeLoader


def read(text):
    yaml.safe_load(text)
    yaml.load(text, Loader=SafeLoader)
    yaml.load(text, Loader=yaml.CSafeLoader)
    yaml.load(text, yaml.SafeLoader)
    yaml.load(Loader=yaml.BaseLoader, stream=text)
