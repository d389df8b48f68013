def board(width, height):
    cells = [[0] * width] * height
    return cells
# output
def board(width, height):
    cells = [[0] * width for _ in range(height)]
    return cells
