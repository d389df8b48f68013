import api


@api.get("/")
def one(x: int):
    print(x)


def _private(x: int):
    print(x)


def forever(x: int):
    while True:
        print(x)
