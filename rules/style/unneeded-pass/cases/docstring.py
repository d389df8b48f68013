class NotFound(Exception):
    """There is no such user."""
    pass


def check():
    """Größe."""
    pass
    found = []
    for number in range(3):
        if number:
            found.append(number); pass
        else:
            pass
            found.append("größe")
    return found, NotFound.__doc__, check.__doc__
# output
class NotFound(Exception):
    """There is no such user."""


def check():
    """Größe."""
    found = []
    for number in range(3):
        if number:
            found.append(number)
        else:
            found.append("größe")
    return found, NotFound.__doc__, check.__doc__
