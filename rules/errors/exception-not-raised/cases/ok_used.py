def check_size(size, box):
    error = ValueError("negative size")
    box.append(TypeError("x"))
    return RuntimeError("y") if size else error
