class Users:
    def each(self, table: dict[str, tuple]):
        def inner():
            for (_, (first, second)) in table.items():
                yield first, second

        return inner
# output
class Users:
    def each(self, table: dict[str, tuple]):
        def inner():
            for (first, second) in table.values():
                yield first, second

        return inner
