"""What an undo did, in words."""

from collections.abc import Iterator

from rich.text import Text

from autonomous.cli.render.console import counted
from autonomous.cli.render.escape import visible
from autonomous.cli.render.layout import flow
from autonomous.orchestrator.undone import Undone

_SHOWN = 20


def lines(undone: Undone, *, width: int) -> Iterator[Text]:
    """Yield what went, what came back, and what was left alone because somebody changed it since."""
    if undone.restored is not None:
        done = undone.restored
        facts = f"{counted(len(done.written), 'entry', 'entries')} written, {len(done.removed)} removed"
        yield flow(f"back at checkpoint {done.checkpoint}: {facts}", indent="", width=width)
        for path in done.left_alone[:_SHOWN]:
            yield flow(f"left alone: {visible(path)} was changed since", indent="   ", width=width)
        return
    branch = visible(undone.branch.removeprefix("refs/heads/"))
    number = counted(abs(undone.commits), "commit")
    if not undone.new:
        words = f"{branch} is gone, with its {number}; your files, index and branch are as they were"
    elif undone.commits < 0 or not undone.old:
        words = f"{branch} has its {number} again, and is at {undone.new[:12]}"
    else:
        words = f"{number} taken off {branch}, which is now at {undone.new[:12]}; not tested again"
    yield flow(words, indent="", width=width)
    if undone.merged_into:
        warning = (
            f"careful: {visible(undone.merged_into)} already holds these commits, and keeps them;"
            " to take them out there, use git revert"
        )
        yield flow(warning, indent="", width=width, style="yellow")
