PLOT = lambda a, b, c, d, e, f, g, h, i: a
print("def plot(a, b, c, d, e, f, g, h, i)")
