# path: tests/orders_test.py
# expect: 2
async def test_größe(orders):
    """Größe."""


def test_other():
    # later
    ...
