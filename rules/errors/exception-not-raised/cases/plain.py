def check_size(size):
    if size < 0:
        ValueError("negative size")
    return size
# output
def check_size(size):
    if size < 0:
        raise ValueError("negative size")
    return size
