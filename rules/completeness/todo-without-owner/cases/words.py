# expect: 3
def settle(orders):
    # TODO handle time zones
    größe = 1  # FIXME: größer

    return größe  ## XXX
