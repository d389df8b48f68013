# expect: 1
COLOURS = {"red": 1, "green": 2, "red": 3}
