def go():
    f"not a docstring"
    return "f"
