NAMES = {"a": 1, "b": 1}
TWO = [{"a"}, {"a"}]
