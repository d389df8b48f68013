# expect: 2
def clean(text):
    return text.strip("address"), text.strip("_test")
