import zipfile


def unpack(path):
    with zipfile.ZipFile(path) as archive:
        archive.extractall("target")
