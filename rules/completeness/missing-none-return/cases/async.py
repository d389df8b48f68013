async def save(
    order: "Order",
    day: int,  # of the year
):
    await order.save(day)
# output
async def save(
    order: "Order",
    day: int,  # of the year
) -> None:
    await order.save(day)
