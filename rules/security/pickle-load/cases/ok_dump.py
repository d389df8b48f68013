import pickle


def write(file, value):
    pickle.dump(value, file)
    return pickle.dumps(value)
