def read(path, mode, archive):
    archive.open(path)
    archive.read_text()
    return open(path, mode)
