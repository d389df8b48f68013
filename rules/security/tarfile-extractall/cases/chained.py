import tarfile as tar
from tarfile import TarFile


def unpack(path):
    tar.open(path).extractall()
    TarFile(path).extractall(path="größe")
# output
import tarfile as tar
from tarfile import TarFile


def unpack(path):
    tar.open(path).extractall(filter="data")
    TarFile(path).extractall(path="größe", filter="data")
