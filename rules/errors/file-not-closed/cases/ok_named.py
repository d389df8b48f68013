def use(path):
    file = open(path)
    try:
        return file.read()
    finally:
        file.close()
