# expect: 1
def outer(a):
    def inner(b):
        while b and a:
            if b > 1 or a > 1 or b > 2 or a > 2 or b > 3:
                try:
                    b -= 1
                except ValueError:
                    b = 0
                except TypeError:
                    b = 1
            elif b and a and b > 3 and a > 3 and b > 4 and a > 5:
                b = 2
            elif b or a or b > 5 or b > 6 or a > 6 or a > 7:
                b = 1
        return b

    return inner
