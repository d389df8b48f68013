"""`implement`: commit approved changes to a branch, and test them."""

from typing import Annotated

import typer

from autonomous.cli.implementation import approved_ones, finish_killed, implement, show_diffs
from autonomous.cli.options import EventsOption, Format, FormatOption
from autonomous.cli.session import opened
from autonomous.model.errors import ExitCode
from autonomous.model.journey import Landed, RolledBack

EXAMPLES = """
  autonomous implement                 everything that is approved
  autonomous implement 81b2c4 --dry-run
"""


def command(
    proposals: Annotated[
        list[str] | None,
        typer.Argument(metavar="PROPOSAL", help="By the start of their ids; all if none."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the diff that would land, and stop.")
    ] = False,
    events: EventsOption = None,
    form: FormatOption = Format.TEXT,
) -> int:
    """Stack approved changes as commits on a branch of their own, run the tests, and drop what breaks.

    Exit code 0 when everything landed, 1 when something was left out, 4 when a change broke tests.
    """
    with opened() as space:
        if not dry_run:
            finish_killed(space)
        approved = approved_ones(space, proposals or ())
        if dry_run:
            return show_diffs(approved, form=form)
        outcomes = implement(space, approved, events=events, form=form)
    if any(isinstance(item, RolledBack) for item in outcomes):
        return ExitCode.TESTS_FAILED
    return ExitCode.OK if all(isinstance(item, Landed) for item in outcomes) else ExitCode.FINDINGS
