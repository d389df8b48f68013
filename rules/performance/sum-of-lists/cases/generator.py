import itertools


def alle(größen):
    return sum((größe.teile for größe in größen), []), itertools
# output
import itertools


def alle(größen):
    return list(itertools.chain.from_iterable(größe.teile for größe in größen)), itertools
