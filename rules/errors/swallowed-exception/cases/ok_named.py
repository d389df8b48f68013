def load(plugin):
    try:
        plugin.load()
    except (ImportError, AttributeError):
        pass
