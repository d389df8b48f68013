import numpy


def make(n, default):
    array = numpy.array([[0, 1]] * n)
    shared = [default] * n
    return array, shared, OrderedDict.fromkeys("ab", [])
