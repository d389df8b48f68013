# expect: 1
SETTINGS = {"a": {"x": 1, "y": 2, "x": 3}, "b": {"x": 1}}
