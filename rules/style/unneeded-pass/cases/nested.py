class Outer:
    class Inner:
        x = 1
        pass

    async def go(self):
        async with self:
            pass
            await self
# output
class Outer:
    class Inner:
        x = 1

    async def go(self):
        async with self:
            await self
