# path: tests/test_login.py
def test_login(client):
    client.login(user="a", password="hunter2!x")
