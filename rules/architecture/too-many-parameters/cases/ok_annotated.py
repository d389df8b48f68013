from typing import Annotated

import typer


def command(
    a: Annotated[str, typer.Argument()],
    b: Annotated[str, typer.Option()],
    c: Annotated[str, typer.Option()],
    d: Annotated[str, typer.Option()],
    e: Annotated[str, typer.Option()],
    f: Annotated[str, typer.Option()],
    g: Annotated[str, typer.Option()],
    h: Annotated[str, typer.Option()],
) -> None:
    print(a, b, c, d, e, f, g, h)
