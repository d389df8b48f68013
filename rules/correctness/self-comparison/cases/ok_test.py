# path: tests/test_order.py
def test_order(a):
    assert a <= a
    assert not a < a
    assert a.x == a.x
