def run(work, items):
    try:
        work()
    finally:
        for item in items:
            if not item:
                continue
            break
