def go(x):
    try:
        print(x)
    except ValueError:
        pass
    finally:
        pass
