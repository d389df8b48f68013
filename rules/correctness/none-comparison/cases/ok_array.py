def find(frame, array):
    return frame[frame.a == None], array[array != None]
