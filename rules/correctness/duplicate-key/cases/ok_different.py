COLOURS = {"red": 1, "Red": 2, b"red": 3, 1: "red", "1": "red"}
