def use(file, random):
    return file.readline() == file.readline() or random() < random() or next(file) is next(file)
