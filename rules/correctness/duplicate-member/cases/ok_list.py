NAMES = ["a", "a"]
OTHERS = ("a", "a")
MADE = set(["a", "a"])
