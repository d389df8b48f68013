def run(work):
    try:
        return work()
    except ValueError:
        return None
    else:
        return 1
    finally:
        print("done")
