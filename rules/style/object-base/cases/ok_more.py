import abc


class Order(object, metaclass=abc.ABCMeta):
    pass


class Other(abc.ABC, object):
    pass
