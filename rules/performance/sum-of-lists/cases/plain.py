def every(lists):
    return sum(lists, [])
# output
import itertools


def every(lists):
    return list(itertools.chain.from_iterable(lists))
