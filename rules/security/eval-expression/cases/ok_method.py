import pandas


def read(frame, model, text):
    model.eval()
    pandas.eval(text)
    return frame.eval(text)
