"""The end of a run: what landed, what did not and why, and how to look at it, take it or undo it."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from autonomous.cli.render.console import counted
from autonomous.cli.render.escape import visible
from autonomous.cli.render.layout import flow
from autonomous.model.finding import Unreadable
from autonomous.model.journey import Dropped, Landed, Outcome, RolledBack
from autonomous.model.workflow import Workflow

_LABEL = 11  # as in the lines of the phases above it
_UNTOUCHED = "your files, index and branch are as they were"
_UNREAD = 5  # unreadable files named one by one; `scan` names all
_SHOWN = 20  # dropped items named one by one; `status` names all


def closing(
    workflow: Workflow,
    outcomes: Sequence[Outcome],
    *,
    waiting: int,
    home: str,
    width: int,
    unreadable: Sequence[Unreadable] = (),
) -> Iterator[Text]:
    """Yield the lines that end `improve` and `implement`.

    `home` is the person's own branch (or commit) by its short name, `waiting` the number of changes that
    nobody has decided on yet.
    """
    yield from _unread(unreadable, width)
    landed = [item for item in outcomes if isinstance(item, Landed)]
    for item in outcomes:
        if isinstance(item, RolledBack):
            yield from _rolled_back(item, width)
    yield from _dropped([item for item in outcomes if isinstance(item, Dropped)], width, workflow.id)
    branch = visible(workflow.branch.removeprefix("refs/heads/"))
    where = f" on {branch}" if branch and landed else ""
    done = f"{counted(len(landed), 'change') if landed else 'nothing landed'}{where}"
    untested = sum(bool(item.tested.report.untested) for item in landed)
    if untested:
        done += f", {'untested' if untested == len(landed) else f'{untested} of them untested'}"
    yield from _labelled("result", f"{done} · {_UNTOUCHED}", width)
    yield Text()
    if waiting:
        words = f"autonomous approve {workflow.id}   ({counted(waiting, 'change')} waiting for your answer)"
        yield from _labelled("decide", words, width)
    if landed and branch:
        yield from _labelled("look", f"git log -p {visible(home)}..{branch}", width)
        yield from _labelled("take", f"git merge {branch}", width)
        yield from _labelled("undo", f"autonomous rollback --workflow {workflow.id}", width)
    elif not waiting:
        yield from _labelled(
            "next", f"autonomous status {workflow.id}   (where each item is, and why)", width
        )


def _unread(files: Sequence[Unreadable], width: int) -> Iterator[Text]:
    for file in files[:_UNREAD]:
        yield from _labelled("not read", f"{visible(file.path)}: {visible(file.reason)}", width)
    if len(files) > _UNREAD:
        yield from _labelled("", f"{len(files) - _UNREAD} more of {len(files)}: autonomous scan", width)


def _rolled_back(item: RolledBack, width: int) -> Iterator[Text]:
    title, path = visible(item.proposal.title), visible(item.proposal.finding.path)
    yield from _labelled("culprit", f'{item.implemented.commit[:8]}  "{title}" in {path}: rolled back', width)
    yield from _labelled("", visible(item.reason), width)


def _dropped(items: Sequence[Dropped], width: int, workflow: str) -> Iterator[Text]:
    for item in items[:_SHOWN]:
        place = f"{visible(item.finding.path)}:{item.finding.span.line}"
        words = f"{place}  {visible(item.finding.title)}: {visible(item.reason)}"
        yield from _labelled("left out", words, width)
    if len(items) > _SHOWN:
        more = f"{len(items) - _SHOWN} more of {len(items)}: autonomous status {workflow}"
        yield from _labelled("", more, width)


def _labelled(label: str, words: str, width: int) -> Iterator[Text]:
    lead = f" {label:<{_LABEL - 1}}"
    yield flow(words, indent=lead, hang=" " * _LABEL, width=width)
