"""`improve`: the whole line, from targets to a branch."""

from typing import Annotated, TypeAlias

import typer

from autonomous.cli.improvement import Asked, improve
from autonomous.cli.options import Categories, EventsOption, Format, FormatOption, RuleIds, Targets
from autonomous.cli.session import opened
from autonomous.model.errors import UsageError

EXAMPLES = """
  autonomous improve src/
  autonomous improve src/ --auto-approve-safe --max-changes 20
  autonomous improve . --category security --dry-run
  autonomous improve --resume wf-3fa2
"""


AutoSafe: TypeAlias = Annotated[
    bool, typer.Option("--auto-approve-safe", help="Do not ask about safe fixes whose scores are high.")
]
DryRun: TypeAlias = Annotated[
    bool, typer.Option("--dry-run", help="Stop before anything is committed; show what would be asked.")
]
Most: TypeAlias = Annotated[int, typer.Option("--max-changes", min=1, help="At most this many changes.")]
Push: TypeAlias = Annotated[bool, typer.Option("--push", help="Push the branch when everything is done.")]
Resume: TypeAlias = Annotated[
    str, typer.Option("--resume", metavar="WORKFLOW", help="Go on with a run that was stopped.")
]


def command(
    targets: Targets = None,
    category: Categories = None,
    rule: RuleIds = None,
    auto_approve_safe: AutoSafe = False,
    dry_run: DryRun = False,
    max_changes: Most = 200,
    push: Push = False,
    resume: Resume = "",
    events: EventsOption = None,
    form: FormatOption = Format.TEXT,
) -> int:
    """Find, prove, show each change, ask, commit to a branch of its own, test, and drop what breaks.

    Your files, index and branch stay as they are. Exit code 0 when everything asked for was done, 1 when
    changes wait for you, 4 when a change broke tests and was rolled back.
    """
    if push and dry_run:
        raise UsageError("--push and --dry-run exclude each other", hint="leave one of them out")
    options = {
        "category": ",".join(category or ()),
        "rule": ",".join(rule or ()),
        "auto_approve_safe": str(auto_approve_safe),
        "max_changes": str(max_changes),
    }
    asked = Asked(
        targets=tuple(targets or ["."]),
        options=options,
        dry_run=dry_run,
        push=push,
        resume=resume,
        events=events,
    )
    with opened(asked.targets) as space:
        return improve(space, asked, form=form)
