import tarfile


def unpack(path, chosen):
    with tarfile.open(path) as archive:
        archive.extractall(path, members=chosen(archive))
        archive.extractall(path, chosen(archive))
