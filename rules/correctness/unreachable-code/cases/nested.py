# expect: 1
def outer(values):
    async def inner():
        with values:
            return (
                values
            )
            values.close()

    return inner
