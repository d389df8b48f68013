"""`scan`: say what is wrong, change nothing."""

from typing import Annotated

import typer

from autonomous.cli.options import Categories, Format, FormatOption, Least, RuleIds, Targets
from autonomous.cli.scanning import show_scan

EXAMPLES = """
  autonomous scan src/
  autonomous scan --category security --severity high .
  git diff main | autonomous scan -            only what the diff touches
"""


def command(
    targets: Targets = None,
    category: Categories = None,
    severity: Least = None,
    rule: RuleIds = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Every finding counts, and an ignore without a reason is one.")
    ] = False,
    form: FormatOption = Format.TEXT,
) -> int:
    """Say what is wrong in files, directories or a diff ("-"); change nothing.

    Exit code 0 for no finding at or above the threshold, 1 for some, 3 when a file could not be read.
    """
    return show_scan(
        targets or ["."],
        categories=category or (),
        rules=rule or (),
        minimum=severity,
        strict=strict,
        form=form,
    )
