def TODO(XXX):
    FIXME = XXX
    return FIXME  # the name
