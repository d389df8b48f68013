class Order(dict):
    async def setze(this, größe):
        if größe:
            return super(
                Order,
                this,
            ).update(größe=größe)  # größe
# output
class Order(dict):
    async def setze(this, größe):
        if größe:
            return super().update(größe=größe)  # größe
