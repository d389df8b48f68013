def make(defaults):
    return {"a": 1, **defaults, "a": 2}
