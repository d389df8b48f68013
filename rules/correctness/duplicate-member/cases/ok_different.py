NAMES = {"a", "A", b"a", 1, "1", None}
