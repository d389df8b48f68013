def write(file, data):
    try:
        file.write(data)
    except:
        file.rollback()
        raise
