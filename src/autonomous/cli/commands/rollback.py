"""`rollback`: undo a run, one change, or go back to a checkpoint."""

from typing import TYPE_CHECKING, Annotated

import typer

from autonomous.cli.options import Format, FormatOption
from autonomous.cli.session import answer, opened, screens, wants_json
from autonomous.model.errors import ExitCode, UsageError
from autonomous.model.workflow import WorkflowStatus

if TYPE_CHECKING:
    from autonomous.model.workflow import Workflow
    from autonomous.orchestrator.undoing import Undo
    from autonomous.orchestrator.undone import Undone
    from autonomous.workspace import Workspace

EXAMPLES = """
  autonomous rollback                          the last run
  autonomous rollback --commit 7c1e            one change of a run
  autonomous rollback --checkpoint cp-91d2     your files, index and refs, byte for byte
  autonomous rollback --undo                   take the last rollback back
"""


def command(
    run_id: Annotated[
        str, typer.Argument(metavar="WORKFLOW", help="The run to undo; the last one if none.")
    ] = "",
    workflow: Annotated[str, typer.Option("--workflow", metavar="ID", help="The run to undo.")] = "",
    commit: Annotated[
        str, typer.Option("--commit", metavar="SHA", help="Undo this change of a run alone.")
    ] = "",
    checkpoint: Annotated[
        str,
        typer.Option("--checkpoint", metavar="ID", help="Bring files, index and refs back to this state."),
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take the last rollback back.")] = False,
    form: FormatOption = Format.TEXT,
) -> int:
    """Undo a run (its branch goes), one change of it, or return to a checkpoint; --undo takes that back."""
    given = [word for word in (run_id, workflow, commit, checkpoint, "undo" if undo else "") if word]
    if len(given) > 1:
        raise UsageError("a rollback undoes one thing at a time", hint="name one run, commit or checkpoint")
    with opened() as space:
        from autonomous.orchestrator.undoing import Undo
        from autonomous.runs import crew, new_workflow, refuse_obstacles, run

        refuse_obstacles(space)
        row = new_workflow(space, "rollback", given, options={}, base=space.repository.head().commit)
        with run(space, row) as begun:
            act = Undo(begun, crew(space))
            undone = _undo(space, act, run_id or workflow, commit=commit, checkpoint=checkpoint, undo=undo)
            begun.end(WorkflowStatus.ROLLED_BACK if undo else WorkflowStatus.DONE)
        _show(undone, row, taken_back=undo, form=form)
    return ExitCode.OK


def _undo(
    space: "Workspace", act: "Undo", run_id: str, *, commit: str, checkpoint: str, undo: bool
) -> "Undone":
    from autonomous.orchestrator.history import last_run, run_of_commit

    if checkpoint:
        return act.checkpoint(checkpoint)
    if commit:
        return act.commit(*run_of_commit(space.store, commit))
    if undo:
        return act.take_back(last_run(space.store, undo=True))
    return act.workflow(space.store.workflow(run_id) if run_id else last_run(space.store, undo=False))


def _show(undone: "Undone", row: "Workflow", *, taken_back: bool, form: Format) -> None:
    if wants_json(form):
        from autonomous.cli.render.json_types import RollbackDocument

        refs = {undone.branch: undone.new} if undone.branch else {}
        answer(RollbackDocument(workflow=row.id, refs=refs, restored=undone.restored))
        return
    from autonomous.cli.render.undone import lines

    out, err = screens()
    for line in lines(undone, width=out.width):
        out.print(line, soft_wrap=True)
    if not taken_back:
        err.print("\nnext: autonomous rollback --undo        (takes this back)", soft_wrap=True)
