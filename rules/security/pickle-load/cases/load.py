# expect: 2
import pickle


def read(path, body):
    with open(path, "rb") as file:
        return pickle.load(file), pickle.loads(body)
