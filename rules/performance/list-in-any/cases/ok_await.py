async def late(orders, stream):
    return any([await order.late() for order in orders]) or all([one async for one in stream])
