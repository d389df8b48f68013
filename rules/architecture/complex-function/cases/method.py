# expect: 1
class Order:
    async def settle(self, a):
        return [
            b and c or d and a or 1
            for b in a if b
            for c in b if c
            for d in c if d
            if a and b and c and d
            if a or b or c or d
            if (1 if a else 2 if b else 3 if c else 4 if d else 5)
        ]
