def every(größen):
    return sum(
        (
            größe.teile  # alle
            for größe in größen
        ),
        [],
    )
# output
import itertools


def every(größen):
    return list(
        itertools.chain.from_iterable(
            größe.teile  # alle
            for größe in größen
        )
    )
