# path: tests/test_money.py
def test_money(money):
    assert not (money == None)
    assert money != None
