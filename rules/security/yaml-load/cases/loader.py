import yaml
from yaml import Loader


def read(text):
    one = yaml.load(text, Loader=yaml.Loader)
    two = yaml.load(text, yaml.UnsafeLoader)
    return one, two, yaml.load_all(text, Loader=yaml.CLoader)  # größer
# output
import yaml
from yaml import Loader


def read(text):
    one = yaml.safe_load(text)
    two = yaml.safe_load(text)
    return one, two, yaml.safe_load_all(text)  # größer
