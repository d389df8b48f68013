def close(connection):
    try:
        connection.close()
    except Exception:
        # the process ends anyway
        pass
    try:
        connection.close()
    except Exception:  # already gone
        pass
