# expect: 1
class Order(
    object,  # Python 2
):
    pass
