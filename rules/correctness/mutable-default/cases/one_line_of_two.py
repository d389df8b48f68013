def get(key, cache={}): cache[key] = 1; return cache
# output
def get(key, cache=None):
    if cache is None:
        cache = {}
    cache[key] = 1
    return cache
