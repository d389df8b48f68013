from errors import Broken


def save(order):
    try:
        order.save()
    except Broken as error:
        # nothing to do
        raise
# output
def save(order):
    order.save()
