def use(value):
    match value:
        case 1:
            return 1
        case _:
            return 2
            raise AssertionError("unreachable")
