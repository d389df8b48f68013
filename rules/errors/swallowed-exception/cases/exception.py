# expect: 1
def load(plugin):
    try:
        plugin.load()
    except Exception:
        pass
