def outer(lists):
    def inner():
        return sum(
            lists,
            start=[],
        )

    return lambda: [sum(one, []) for one in inner()]
# output
import itertools


def outer(lists):
    def inner():
        return list(
            itertools.chain.from_iterable(lists)
        )

    return lambda: [list(itertools.chain.from_iterable(one)) for one in inner()]
