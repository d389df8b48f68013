def run(work):
    try:
        work()
    finally:
        def done():
            return True

        work.later(done, lambda: 1)
