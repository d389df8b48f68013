import cli


@cli.command()
@cli.option("--a")
def plot(a, b, c, d, e, f, g, h, i):
    return a
