import tarfile


def unpack(archive: tarfile.TarFile) -> None:
    archive.extractall()
# output
import tarfile


def unpack(archive: tarfile.TarFile) -> None:
    archive.extractall(filter="data")
