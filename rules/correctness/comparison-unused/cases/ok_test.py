# path: tests/test_order.py
def test_order(order):
    order == 1
