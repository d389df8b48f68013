from pathlib import Path


def read(path, options):
    open(path, encoding="latin-1")
    open(path, "r", -1, "utf-8")
    open(path, **options)
    open(*options)
    Path(path).read_text("utf-8")
    Path(path).write_text("a", "utf-8")
