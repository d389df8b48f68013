def go(log, ctx):
    log.warn("x")
    ctx.log.warn("y")
