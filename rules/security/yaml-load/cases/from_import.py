from yaml import load, unsafe_load as dangerous


def read(text):
    return load(text), dangerous(text)
# output
from yaml import safe_load


def read(text):
    return safe_load(text), safe_load(text)
