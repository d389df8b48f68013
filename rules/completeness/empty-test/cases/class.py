# path: src/test_orders.py
# expect: 1
class TestOrders:
    def test_refund(self):
        """Refund."""
        pass

    def helper(self):
        pass
