def find(frame, array):
    mask = frame["a"] == None
    frame.keep(mask, array[0] != None)
    return frame[frame.a == None], array[array != None]
