def load(plugin, log):
    try:
        plugin.load()
    except Exception:
        log.exception("no plug-in")
    try:
        plugin.load()
    except Exception:
        return None
