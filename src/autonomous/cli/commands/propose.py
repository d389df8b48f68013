"""`propose`: write the change for one finding."""

from typing import Annotated

import typer

from autonomous.cli.options import Format, FormatOption
from autonomous.cli.session import answer, opened, screens, wants_json
from autonomous.model.errors import ExitCode
from autonomous.model.journey import Dropped
from autonomous.model.proposal import Proposal

EXAMPLES = """
  autonomous propose 3f9c01            a finding by the start of its id
  autonomous propose 3f9c01 --alternatives
"""


def command(
    finding: Annotated[str, typer.Argument(metavar="FINDING", help="The id of a finding, or its start.")],
    alternatives: Annotated[
        bool, typer.Option("--alternatives", help="Show every way to fix it, not just the preferred one.")
    ] = False,
    form: FormatOption = Format.TEXT,
) -> int:
    """Write the change for a finding of the last scan, show it, and remember it.

    Exit code 0 when there is a change, 1 when there is none.
    """
    from autonomous.runs import new_workflow, ports_at, run, working_base
    from autonomous.stages.proposer import Proposer

    with opened() as space:
        wanted = space.store.finding(finding)
        base = working_base(space)
        workflow = new_workflow(space, "propose", [wanted.path], options={}, base=base)
        with run(space, workflow) as begun:
            made = tuple(Proposer(space.rules.all, base)(wanted, ports_at(space, base)))
            proposals = tuple(item for item in made if isinstance(item, Proposal))
            begun.store.save_findings([wanted], workflow=workflow.id)
            begun.store.save_proposals(proposals, workflow=workflow.id)
            begun.ended([item for item in made if isinstance(item, Dropped)])
            begun.finish()
        shown = proposals if alternatives else proposals[:1]
        _show(shown, made, form=form)
    return ExitCode.OK if proposals else ExitCode.FINDINGS


def _show(shown: tuple[Proposal, ...], made: tuple[Proposal | Dropped, ...], *, form: Format) -> None:
    if wants_json(form):
        from autonomous.cli.render.json_facts import ProposalFacts
        from autonomous.cli.render.json_types import ProposalsDocument

        answer(ProposalsDocument(proposals=tuple(ProposalFacts.of(item) for item in shown)))
        return
    from autonomous.cli.render import evidence
    from autonomous.cli.render.diffs import change
    from autonomous.cli.render.escape import visible

    out, err = screens()
    for item in shown:
        out.print(
            f"\nproposal {item.id[:12]}  {visible(item.title)}   {item.safety}", style="bold", soft_wrap=True
        )
        for line in (*change(item.change.edits, width=out.width), *evidence.reasons(item, width=out.width)):
            out.print(line, soft_wrap=True)
    for left in made:
        if isinstance(left, Dropped):
            err.print(f"no change: {visible(left.reason)}", soft_wrap=True)
    if shown:
        err.print(f"\nnext: autonomous validate {shown[0].id[:12]}", soft_wrap=True)
