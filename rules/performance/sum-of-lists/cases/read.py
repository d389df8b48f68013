import itertools


def use(lists, größen):
    return set(sum(lists, [])), sorted(sum((größe.teile for größe in größen), [])), itertools
# output
import itertools


def use(lists, größen):
    return set(itertools.chain.from_iterable(lists)), sorted(itertools.chain.from_iterable(größe.teile for größe in größen)), itertools
