def find(result):
    return result is None or result is not None or result == "None"
