class Table:
    rows: list = [{}] * 3

    def reset(self, n):
        self.rows = [
            {"a": 1},
        ] * (n + 1)
# output
class Table:
    rows: list = [{} for _ in range(3)]

    def reset(self, n):
        self.rows = [{"a": 1} for _ in range(n + 1)]
