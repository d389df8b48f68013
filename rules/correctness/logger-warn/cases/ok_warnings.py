import warnings


def go():
    warnings.warn("old", DeprecationWarning, stacklevel=2)
