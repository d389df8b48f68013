# expect: 1
def run(work, items):
    try:
        work()
    except ValueError:
        raise
    finally:
        for item in items:
            with item:
                return item
