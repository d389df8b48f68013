def go(value):
    return f"a " f"{value} " "b"
