from own import object


class Order(object):
    pass
