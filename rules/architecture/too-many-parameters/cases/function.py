# expect: 1
def plot(x, y, breite, höhe, colour, title, grid, legend):
    return x, y, breite, höhe, colour, title, grid, legend
