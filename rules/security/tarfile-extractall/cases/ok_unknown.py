def unpack(archive, tarfile):
    archive.extractall()
    tarfile.open("x").extractall()
