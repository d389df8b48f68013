def late(orders, frame):
    return frame.any([order for order in orders]), sum([order for order in orders]), "".join([order for order in orders])
