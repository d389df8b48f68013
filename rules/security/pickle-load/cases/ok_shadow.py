def read(pickle, file):
    return pickle.load(file)
