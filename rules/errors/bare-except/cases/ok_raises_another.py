def write(file, data):
    try:
        file.write(data)
    except:
        if file.closed:
            raise RuntimeError("closed")
