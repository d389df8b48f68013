def pairs(values):
    iterators = [iter(values)] * 2
    return zip(*iterators), zip(*[iter(values)] * 2)
