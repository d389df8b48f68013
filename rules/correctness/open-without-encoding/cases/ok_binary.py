from pathlib import Path


def read(path):
    with open(path, "rb") as file:
        return file.read(), Path(path).read_bytes(), Path(path).open("wb"), open(path, mode="r+b")
