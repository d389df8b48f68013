def every(tuples, start):
    return sum(tuples, ()), sum(tuples, start)
