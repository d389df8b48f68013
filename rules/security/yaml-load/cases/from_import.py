# expect: 2
from yaml import load, unsafe_load as dangerous


def read(text):
    return load(text), dangerous(text)
