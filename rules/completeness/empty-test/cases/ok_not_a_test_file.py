def test_connection():
    pass
