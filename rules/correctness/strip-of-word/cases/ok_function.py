from tools import rstrip


def clean(text):
    return rstrip(".py"), text.strip("seen", ".py")
