"""`validate`: prove a proposed change."""

from typing import Annotated

import typer

from autonomous.cli.options import Format, FormatOption
from autonomous.cli.session import answer, opened, screens, wants_json
from autonomous.model.errors import ExitCode
from autonomous.model.journey import Cleared, Dropped

EXAMPLES = """
  autonomous validate 81b2c4           a proposal by the start of its id
"""


def command(
    proposal: Annotated[str, typer.Argument(metavar="PROPOSAL", help="The id of a proposal, or its start.")],
    form: FormatOption = Format.TEXT,
) -> int:
    """Carry a proposal through every layer of both validators and show the evidence.

    Exit code 0 when it was cleared, 1 when a layer refused it.
    """
    from autonomous.orchestrator.proving import judge
    from autonomous.runs import crew, new_workflow, run

    with opened() as space:
        wanted = space.store.proposal(proposal)
        base = wanted.change.base
        workflow = new_workflow(space, "validate", [wanted.finding.path], options={}, base=base)
        with run(space, workflow) as begun:
            begun.store.save_findings([wanted.finding], workflow=workflow.id)
            begun.store.save_proposals([wanted], workflow=workflow.id)
            team = crew(space)
            verdict = judge(begun, wanted, crew=team, ports=team.ports_at(base))
            if isinstance(verdict, Dropped):
                begun.ended([verdict])
            begun.finish()
        _show(verdict, form=form)
    return ExitCode.OK if isinstance(verdict, Cleared) else ExitCode.FINDINGS


def _show(verdict: Cleared | Dropped, *, form: Format) -> None:
    if wants_json(form):
        from autonomous.cli.render.json_facts import Judgement
        from autonomous.cli.render.json_types import ValidationDocument

        answer(ValidationDocument(judgements=(Judgement.of(verdict),)))
        return
    from autonomous.cli.render import evidence

    out, err = screens()
    if isinstance(verdict, Dropped):
        lines, following = (
            evidence.refused(verdict, width=out.width),
            "left out of every run; nothing was changed",
        )
    else:
        lines = evidence.cleared(verdict, width=out.width)
        following = f"next: autonomous approve {verdict.proposal.id[:12]}"
    for line in lines:
        out.print(line, soft_wrap=True)
    err.print(f"\n{following}", soft_wrap=True)
