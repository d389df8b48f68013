def check_size(size):
    if size < 0:
        raise ValueError("negative size")
