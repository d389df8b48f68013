"""`audit`: read and verify the log of every decision."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from autonomous.cli.options import Format, FormatOption
from autonomous.cli.session import answer, opened, screens, wants_json
from autonomous.model.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from autonomous.model.audit import AuditFault, AuditRecord

EXAMPLES = """
  autonomous audit --workflow wf-3fa2
  autonomous audit --since 2026-01-31
  autonomous audit --verify
"""


def command(
    workflow: Annotated[str, typer.Option("--workflow", metavar="ID", help="Only records of this run.")] = "",
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="Only records from this day or time on (UTC).")
    ] = "",
    verify: Annotated[
        bool, typer.Option("--verify", help="Check the whole chain, and say which record is wrong.")
    ] = False,
    form: FormatOption = Format.TEXT,
) -> int:
    """Show every decision with its reasons; --verify finds records that were changed, removed or moved.

    Exit code 3 when the chain does not hold.
    """
    with opened() as space:
        only = space.store.workflow(workflow).id if workflow else ""
        faults = space.audit.verify() if verify else None
        records = () if verify else tuple(space.audit.records(workflow=only, since=_moment(since)))
        _show(records, faults, head="" if faults else space.audit.head(), form=form)
    return ExitCode.INCOMPLETE if faults else ExitCode.OK


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no date", hint="write it as 2026-01-31 or 2026-01-31T14:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _show(
    records: "tuple[AuditRecord, ...]", faults: "tuple[AuditFault, ...] | None", *, head: str, form: Format
) -> None:
    if wants_json(form):
        from autonomous.cli.render.json_types import AuditDocument

        answer(AuditDocument(records=records, head=head, faults=faults))
        return
    from autonomous.cli.render import tables
    from autonomous.cli.render.console import counted

    out, err = screens()
    if faults is None:
        out.print(tables.audit(records))
        err.print(f"\n{counted(len(records), 'record')}; next: autonomous audit --verify")
    elif faults:
        out.print(tables.faults(faults))
        err.print(f"\nthe log was tampered with or damaged: {counted(len(faults), 'record')} not believed")
    else:
        err.print(f"every record is where and what it was; receipt {head[:16] or 'none yet'}")
