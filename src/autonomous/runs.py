"""Runs of a workspace: the stages with their adapters, under one lock, with listeners for what they tell."""

import getpass
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec

from autonomous.equipment import change_analyzers, file_analyzers
from autonomous.model.errors import Refused, UsageError
from autonomous.model.finding import Finding
from autonomous.model.workflow import Workflow, WorkflowStatus
from autonomous.orchestrator.events import AuditTrail, Bus, EventFile, Listener
from autonomous.orchestrator.run import Crew, Run
from autonomous.ports import Ports
from autonomous.ports.analyzer import ChangeAnalyzer, FileAnalyzer
from autonomous.ports.git import RefUpdate
from autonomous.ports.suite import Suite
from autonomous.rulebook.book import Rulebook
from autonomous.stages.scoring import Policy
from autonomous.stages.security_validator import SecurityValidator
from autonomous.stages.validator import Validator
from autonomous.workspace import Workspace

_SCANS_KEPT = 5  # an id that a person read on the screen still leads to its finding


def crew(space: Workspace, *, rulebook: Rulebook | None = None, suite: Suite | None = None) -> Crew:
    """Return validators and ports for a run; the validators always use every rule, whatever is being fixed."""
    policy = Policy(
        categories=frozenset(space.settings.policy.auto_approve), core_paths=space.settings.core_paths
    )
    everything = space.rules.active()
    return Crew(
        rulebook=rulebook or everything,
        validator=Validator(rulebook=everything),
        security_validator=SecurityValidator(
            rulebook=everything, policy=policy, limits=space.settings.limits
        ),
        repository=space.repository,
        ports_at=partial(
            ports_at,
            space,
            suite=suite,
            file_analyzers=file_analyzers(space),
            change_analyzers=change_analyzers(space),
        ),
        checkpoints=space.checkpoints,
        limits=space.settings.limits,
        person=person(),
    )


def ports_at(
    space: Workspace,
    commit: str,
    *,
    suite: Suite | None = None,
    file_analyzers: tuple[FileAnalyzer, ...] = (),
    change_analyzers: tuple[ChangeAnalyzer, ...] = (),
) -> Ports:
    """Return the ports whose files are those of a commit."""
    return Ports(
        files=space.repository.tree(commit),
        clock=space.clock,
        decisions=space.store,
        repository=space.repository,
        suite=suite,
        file_analyzers=file_analyzers,
        change_analyzers=change_analyzers,
    )


@contextmanager
def run(
    space: Workspace,
    workflow: Workflow,
    *,
    listeners: Sequence[Listener] = (),
    events: Path | None = None,
) -> Iterator[Run]:
    """Open a run under the repository's lock; one that is left early is marked as stopped, nothing is lost.

    What a run that was killed left locked in our own part of the refs is unlocked first: nobody of ours is at work.
    """
    with space.lock(), _event_file(events) as files:
        space.repository.ref_writer.sweep_locks()
        trail = AuditTrail(space.audit, actor=person())
        bus = Bus(workflow=workflow.id, clock=space.clock, listeners=(trail, *files, *listeners))
        opened = Run(workflow, store=space.store, bus=bus, clock=space.clock)
        opened.start()
        try:
            yield opened
        finally:
            if opened.workflow.status is WorkflowStatus.RUNNING:
                opened.end(WorkflowStatus.STOPPED, reason="left before its end")


@contextmanager
def _event_file(path: Path | None) -> Iterator[tuple[EventFile, ...]]:
    if path is None:
        yield ()
        return
    with path.open("wb") as stream:
        yield (EventFile(stream),)


def new_workflow(
    space: Workspace, command: str, targets: Sequence[str], *, options: Mapping[str, str], base: str
) -> Workflow:
    """Return the row of a run that begins now, with an id of its own."""
    return Workflow(
        id=f"wf-{secrets.token_hex(4)}",
        command=command,
        targets=tuple(targets),
        options=dict(options),
        base=base,
        pid=os.getpid(),
        started=space.clock.now(),
    )


def killed(workflow: Workflow) -> bool:
    """Tell whether a run still counts as running although its process is gone."""
    if workflow.status is not WorkflowStatus.RUNNING:
        return False
    try:
        os.kill(workflow.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def person() -> str:
    """Return who decides here, by the name of their account."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def push(space: Workspace, branch: str) -> str:
    """Push a branch of ours to the remote of the person's own branch; return the remote's name."""
    from autonomous.adapters.git.push import push as pushed

    repository = space.repository
    update = RefUpdate(branch, "", repository.refs(branch)[branch])
    return pushed(
        repository.shadow.runner,
        repository.layout,
        update=update,
        current=repository.head().branch,
        environ=space.environ,
    )


def refuse_obstacles(space: Workspace) -> None:
    """Raise Refused while something else is under way in the repository."""
    for obstacle in space.repository.obstacles():
        way_out = f"{obstacle.hint[:1].upper()}{obstacle.hint[1:]}."
        hint = f"{way_out}\nNothing was changed. `autonomous scan` works meanwhile."
        raise Refused(obstacle.what, detail=obstacle.why, hint=hint)


def working_base(space: Workspace) -> str:
    """Return the last commit; raises Refused when there is none."""
    commit = space.repository.head().commit
    if not commit:
        raise Refused(
            "there is no commit yet in this repository",
            hint="make the first one (git add, git commit), then run this again; `autonomous scan` works meanwhile",
        )
    return commit


def writable_base(space: Workspace, targets: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the commit to work on and the target files that are left out for their uncommitted changes.

    Raises Refused while something else is under way in the repository, and when nothing is left to work on.
    """
    refuse_obstacles(space)
    base = working_base(space)
    paths = tuple(space.repository.tree(base).paths(targets))
    if not paths:
        raise UsageError(
            "no Python file of the last commit is below the target",
            detail=", ".join(targets) or str(space.root),
            hint="commit the files first, or name others",
        )
    dirty = space.repository.uncommitted(base, paths)
    if len(dirty) == len(paths):
        raise Refused(
            "every target file has uncommitted changes",
            detail="Changes are made on the last commit; yours would be overlapped.",
            hint="commit or stash your work, then run this again; `autonomous scan` works meanwhile",
        )
    return base, dirty


def remember_findings(space: Workspace, findings: Sequence[Finding]) -> None:
    """Keep what a scan found, so that `propose` can take a finding by its id; older scans are forgotten."""
    workflow = new_workflow(space, "scan", (), options={}, base="")
    now = space.clock.now()
    space.store.save_workflow(msgspec.structs.replace(workflow, status=WorkflowStatus.DONE, ended=now))
    space.store.save_findings(findings, workflow=workflow.id)
    space.store.forget_scans(keep=_SCANS_KEPT)
