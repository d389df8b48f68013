# path: tests/test_orders.py
def test_collects():
    def test_inner():
        pass

    assert test_inner() is None


class Plugin:
    def test_hook(self):
        pass
