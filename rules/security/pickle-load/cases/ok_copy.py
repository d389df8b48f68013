import pickle


def copy(value):
    data = pickle.dumps(value)
    return pickle.loads(pickle.dumps(value)), pickle.loads(data)
