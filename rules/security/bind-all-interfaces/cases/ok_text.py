WILDCARD = "0.0.0.0"
if WILDCARD == "0.0.0.0":
    print("bind 0.0.0.0")
