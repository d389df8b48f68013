"""Options that several commands share, said once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from autonomous.model.kinds import Category, Severity


class Format(StrEnum):
    """How the answer is printed: for people, or for programs."""

    TEXT = "text"
    JSON = "json"


FormatOption: TypeAlias = Annotated[
    Format, typer.Option("--format", help="Print for people or for programs.")
]
Targets: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(metavar="TARGET", help="Files or directories; the current one if none."),
]
_KINDS = ", ".join(Category)
Categories: TypeAlias = Annotated[
    list[Category] | None,
    typer.Option(
        "--category", metavar="CATEGORY", help=f"Only rules of this category ({_KINDS}); may be repeated."
    ),
]
Least: TypeAlias = Annotated[
    Severity | None, typer.Option("--severity", help="Only findings at least as severe as this.")
]
RuleIds: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--rule", metavar="ID", help="Only this rule, by id or name; may be repeated."),
]
EventsOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--events", metavar="FILE", help="Write every step as a JSON line to this file."),
]
