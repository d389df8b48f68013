class ValueError:
    def __init__(self, text):
        print(text)


def go():
    ValueError("registered")
