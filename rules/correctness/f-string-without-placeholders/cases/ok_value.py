def go(value, width):
    return f"{value}", f"{value:>{width}}", f"{value!r:10}", f"{value=}"
