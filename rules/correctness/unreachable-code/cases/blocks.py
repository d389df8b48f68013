# expect: 4
def use(values):
    for value in values:
        if value:
            continue
            print(1)
        else:
            break
            print(2)
    try:
        raise ValueError("x")
        values.pop()
    except ValueError:
        pass
    finally:
        return None
        values.clear()
