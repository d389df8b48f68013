def every(frame, lists):
    return frame.sum(lists, []), max(lists, [])
