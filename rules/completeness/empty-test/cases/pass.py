# path: tests/test_orders.py
# expect: 1
def test_refund():
    pass
