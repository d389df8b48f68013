# expect: 1
def run(work):
    try:
        work()
    finally:
        return True
