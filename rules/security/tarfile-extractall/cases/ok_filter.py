import tarfile


def unpack(path, options):
    with tarfile.open(path) as archive:
        archive.extractall(filter="data")
        archive.extractall(path, filter="tar")
        archive.extractall(path, **options)
