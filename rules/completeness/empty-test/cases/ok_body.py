# path: tests/test_orders.py
def test_refund(orders):
    assert orders


def test_other(orders):
    orders.refund()
