def go(größe):
    print(größe)

    pass


def other():
    try:
        print(1)
    except ValueError:
        print(2)
        pass
    finally:
        print(3)
# output
def go(größe):
    print(größe)


def other():
    try:
        print(1)
    except ValueError:
        print(2)
    finally:
        print(3)
