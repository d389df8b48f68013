from typing import Annotated, TypeAlias

import typer

Target: TypeAlias = Annotated[str, typer.Argument()]
Force = Annotated[bool, typer.Option("--force")]


def command(
    a: Target,
    b: Force,
    c: Annotated[str, typer.Option()],
    d: Annotated[str, typer.Option()],
    e: Annotated[str, typer.Option()],
    f: Annotated[str, typer.Option()],
    g: Annotated[str, typer.Option()],
    h: Annotated[str, typer.Option()],
) -> None:
    print(a, b, c, d, e, f, g, h)
