import tarfile


def unpack(path):
    archive = tarfile.open(path, "r:gz")
    archive.extractall(
        path=".",  # here
    )
    archive.close()
# output
import tarfile


def unpack(path):
    archive = tarfile.open(path, "r:gz")
    archive.extractall(
        path=".",  # here
        filter="data",
    )
    archive.close()
