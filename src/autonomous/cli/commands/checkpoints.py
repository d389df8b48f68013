"""`checkpoints`: list what can be gone back to."""

from typing import Annotated

import typer

from autonomous.cli.options import Format, FormatOption
from autonomous.cli.session import answer, opened, screens, wants_json
from autonomous.model.errors import ExitCode, UsageError

EXAMPLES = """
  autonomous checkpoints
  autonomous checkpoints create                a state to go back to, before you try something
  autonomous checkpoints prune --keep 5
"""


def command(
    action: Annotated[str, typer.Argument(metavar="[list|create|prune]", help="What to do.")] = "list",
    keep: Annotated[int, typer.Option("--keep", min=0, help="With prune: keep this many, the newest.")] = 10,
    form: FormatOption = Format.TEXT,
) -> int:
    """List exact states of your files, index and refs; make one; or forget old ones and free their space."""
    if action not in {"list", "create", "prune"}:
        raise UsageError(f"there is no action {action!r}", hint="use list, create or prune")
    freed = 0
    with opened() as space:
        if action == "create":
            with space.lock():
                space.checkpoints.create(workflow="", reason="asked for")
        if action == "prune":
            with space.lock():
                freed = space.checkpoints.prune(keep=keep)
        found = space.checkpoints.list()
        now = space.clock.now().astimezone()
    if wants_json(form):
        from autonomous.cli.render.json_types import CheckpointsDocument

        answer(CheckpointsDocument(checkpoints=found, freed_bytes=freed))
        return ExitCode.OK
    from autonomous.cli.render import tables

    out, err = screens()
    if found:
        out.print(tables.checkpoints(found, now=now))
        err.print(f"\nnext: autonomous rollback --checkpoint {found[0].id}")
    else:
        err.print("no checkpoint yet: `improve` makes one before changes land, `checkpoints create` now")
    if action == "prune":
        err.print(f"{tables.size(freed)} freed")
    return ExitCode.OK
