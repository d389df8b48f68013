"""`approve`: review the changes that wait for an answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from autonomous.cli.options import Format, FormatOption
from autonomous.cli.session import answer, interactive, opened, reviewer, screens, wants_json
from autonomous.model.errors import ExitCode, UsageError
from autonomous.model.journey import Approval, Cleared, Decision, Dropped, Rejection
from autonomous.model.proposal import Proposal

if TYPE_CHECKING:
    from autonomous.orchestrator.proving import Proved
    from autonomous.orchestrator.run import Run
    from autonomous.workspace import Workspace

EXAMPLES = """
  autonomous approve                           go through everything that waits
  autonomous approve wf-3fa2                   what one run left waiting
  autonomous approve 81b2c4 --yes --reason "checked with Ada"
"""


def command(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Proposals or runs, by the start of their ids."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Approve the named proposals without asking.")] = False,
    no: Annotated[bool, typer.Option("--no", help="Refuse the named proposals without asking.")] = False,
    reason: Annotated[str, typer.Option("--reason", help="Kept with the answer.")] = "",
    form: FormatOption = Format.TEXT,
) -> int:
    """Show each waiting change with its evidence and ask; every answer is kept at once.

    Without a terminal nothing is approved but what --yes names. Exit code 0 when nothing waits any more,
    1 when something does.
    """
    if yes and no:
        raise UsageError("--yes and --no exclude each other", hint="leave one of them out")
    if (yes or no) and not ids:
        raise UsageError("--yes and --no need proposals", hint="name them: autonomous approve ID... --yes")
    from autonomous.runs import new_workflow, run, working_base

    with opened() as space:
        base = working_base(space)
        workflow = new_workflow(space, "approve", ids or [], options={}, base=base)
        with run(space, workflow) as begun:
            waiting = _wanted(space, ids or ())
            if yes or no:
                for one in waiting:
                    begun.decide(
                        _decision(space, one.chosen, yes=yes, reason=reason), proposal=one.chosen.proposal.id
                    )
            elif interactive() and not wants_json(form):
                _review(space, begun, waiting)
            begun.finish()
        chosen = [one.chosen for one in waiting]
        decided = [d for item in chosen if (d := space.store.decision(item.proposal.change.digest))]
        left = [item for item in chosen if space.store.decision(item.proposal.change.digest) is None]
        _show(decided, left, form=form)
    return ExitCode.FINDINGS if left else ExitCode.OK


def _decision(space: "Workspace", item: Cleared, *, yes: bool, reason: str) -> Decision:
    from autonomous.runs import person

    kind = Approval if yes else Rejection
    return kind(item.proposal.change.digest, by=person(), at=space.clock.now(), reason=reason)


def _wanted(space: "Workspace", ids: Sequence[str]) -> "tuple[Proved, ...]":
    from autonomous.orchestrator.waiting import waiting_now

    everything = waiting_now(space.store, head=space.repository.tree(space.repository.head().commit))
    if not ids:
        return everything
    wanted: list[Proved] = []
    for prefix in ids:
        if prefix.startswith("wf-"):
            of_run = {
                item.proposal.id for item in space.store.waiting(workflow=space.store.workflow(prefix).id)
            }
            wanted += [one for one in everything if one.chosen.proposal.id in of_run]
            continue
        wanted.append(_named(space, prefix))
    return tuple(wanted)


def _named(space: "Workspace", prefix: str) -> "Proved":
    from autonomous.orchestrator.proving import Proved

    proposal = space.store.proposal(prefix)
    cleared = space.store.cleared(proposal.id)
    if cleared is None:
        raise UsageError(
            f"proposal {proposal.id[:12]} was not cleared by the validators",
            hint=f"validate it first: autonomous validate {proposal.id[:12]}",
        )
    return Proved(cleared)


def _review(space: "Workspace", begun: "Run", waiting: "Sequence[Proved]") -> None:
    from autonomous.orchestrator.proving import judge
    from autonomous.orchestrator.reviewing import Review
    from autonomous.runs import crew, person

    team = crew(space)

    def verdict(proposal: Proposal) -> Cleared | Dropped:
        return judge(begun, proposal, crew=team, ports=team.ports_at(proposal.change.base))

    review = Review(begun, reviewer=reviewer(), person=person(), judge=verdict)
    review.of([one.chosen for one in waiting], {one.chosen.proposal.id: one.others for one in waiting})


def _show(decided: Sequence[Decision], left: Sequence[Cleared], *, form: Format) -> None:
    if wants_json(form):
        from autonomous.cli.render.json_facts import DecisionFacts, Judgement
        from autonomous.cli.render.json_types import ReviewDocument

        decisions = tuple(DecisionFacts.of(item) for item in decided)
        answer(ReviewDocument(decisions=decisions, waiting=tuple(Judgement.of(item) for item in left)))
        return
    from autonomous.cli.render.console import counted
    from autonomous.cli.render.escape import visible

    out, err = screens()
    for item in left:
        finding = item.proposal.finding
        out.print(
            f"{item.proposal.id[:12]}  {visible(finding.path)}:{finding.span.line}  {visible(item.proposal.title)} ({visible(finding.name)})",
            soft_wrap=True,
        )
    yes = sum(isinstance(item, Approval) for item in decided)
    done = f"{counted(yes, 'change')} approved, {len(decided) - yes} refused"
    if decided:
        err.print(f"{done}, {len(left)} waiting" if left else done)
    else:
        err.print(f"{counted(len(left), 'change')} waiting" if left else "no change waits for an answer")
    if yes:
        err.print("\nnext: autonomous implement", soft_wrap=True)
    elif left:
        err.print("\nnext: autonomous approve, on a terminal   (or: approve ID --yes)", soft_wrap=True)
