def get(cache={}): return cache
# output
def get(cache=None):
    if cache is None:
        cache = {}
    return cache
