"""The changes of a run once more, without one of them: each round on what the rounds before it now give."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from autonomous.model.errors import Refused
from autonomous.model.journey import Implemented, Landed
from autonomous.model.patch import apply_hunks, first_overlap, hunks_between
from autonomous.model.workflow import Workflow
from autonomous.orchestrator.run import Crew
from autonomous.ports.files import Files
from autonomous.ports.git import CommitStep
from autonomous.rulebook.together import missing_import
from autonomous.stages.commit_message import commit_message
from autonomous.stages.compose import Stacked, contents_of, stack


def without(commit: str, landed: Sequence[Landed], *, workflow: Workflow, crew: Crew) -> tuple[Landed, ...]:
    """Stack the other changes anew, as objects only, and return them in their new places.

    Changes of one round share a base and are placed as they were then, so that an import which two of them
    brought stays for the other one. A later round was made on the branch of its day: its lines are moved to the
    branch as it is now. Raises Refused when a later change touches the lines of the one that goes, or took away an
    import that only this one had made needless.
    """
    tip = workflow.base
    again: list[Landed] = []
    for base, items in groupby(landed, key=lambda item: item.proposal.change.base):
        kept = [item for item in items if item.commit != commit]
        before, now = crew.ports_at(base).files, crew.ports_at(tip).files
        approved = [item.tested.implemented.approved for item in kept]
        placed = [one for one in stack(base, approved, before) if isinstance(one, Stacked)]
        steps = [
            CommitStep(dict(_moved(one, before, now, workflow)), commit_message(one.approved))
            for one in placed
        ]
        for item, made in zip(kept, crew.repository.stack(tip, steps) if steps else (), strict=True):
            again.append(_at(item, made, parent=tip))
            tip = made
    return tuple(again)


def _moved(
    step: Stacked, before: Files, now: Files, workflow: Workflow
) -> Iterator[tuple[str, bytes | None]]:
    """Yield the step's files with its lines placed on the tree as it is now."""
    for path, wanted in step.contents.items():
        old, new = contents_of(path, before), contents_of(path, now)
        if old == new or old is None or new is None or wanted is None:
            yield path, wanted
            continue
        placed, more = hunks_between(old, new), hunks_between(old, wanted)
        both = (*placed, *more)
        if first_overlap(placed, more) is not None or missing_import(path, old, both):
            raise _in_the_way(workflow)
        yield path, apply_hunks(old, both)


def _at(item: Landed, commit: str, *, parent: str) -> Landed:
    replace = msgspec.structs.replace
    implemented = Implemented(item.tested.implemented.approved, commit, parent)
    return replace(item, tested=replace(item.tested, implemented=implemented), commit=commit)


def _in_the_way(workflow: Workflow) -> Refused:
    return Refused(
        "the other changes of this run cannot be stacked without this one",
        detail="A later one touches the same lines, or takes away an import that is needed again.",
        hint=f"undo the whole run: autonomous rollback --workflow {workflow.id}",
    )
