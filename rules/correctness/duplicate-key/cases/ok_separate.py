ONE = {"a": 1}
TWO = {"a": {"a": 2}}
THREE = dict(a=1, b=dict(a=2))
