import yaml as y


def read(text):
    return y.load(
        text,
        Loader=y.Loader,
    )
# output
import yaml as y


def read(text):
    return y.safe_load(
        text,
    )
