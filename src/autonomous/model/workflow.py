"""A run of the program over a repository, and the limits it keeps."""

from datetime import datetime
from enum import StrEnum

import msgspec


class WorkflowStatus(StrEnum):
    """Where a run is; `running` with no living process is a run that was killed."""

    RUNNING = "running"
    WAITING = "waiting"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    ROLLED_BACK = "rolled back"


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Checked before each step; hitting one ends the run cleanly and keeps what was finished."""

    changes: int = 200  # per run
    changed_lines: int = 400  # per change
    attempts: int = 3  # per finding
    test_seconds: float = 900.0  # wall time of one test run
    test_runs: int = 40  # per run
    memory_mb: int = 4096  # of a sandboxed process tree
    file_bytes: int = 5_000_000  # larger files are not scanned
    run_seconds: float = 7200.0  # wall time of a whole run


class Workflow(msgspec.Struct, frozen=True, kw_only=True):
    """One run: what was asked for, on which commit, and where it stands."""

    id: str  # "wf-3fa2c1d0"
    command: str  # "improve"
    targets: tuple[str, ...]
    options: dict[str, str] = {}
    base: str = ""  # commit id the changes are made on
    branch: str = ""  # full ref name, empty until something landed
    tip: str = ""  # commit id that the branch had when we made it
    checkpoint: str = ""
    status: WorkflowStatus = WorkflowStatus.RUNNING
    pid: int = 0
    started: datetime
    ended: datetime | None = None


class ItemState(msgspec.Struct, frozen=True):
    """Where one item of a run is: the last stage it passed and what came of it."""

    finding: str
    path: str
    line: int
    rule: str
    title: str
    stage: str
    outcome: str  # "found", "proposed", "waiting", "approved", "landed", "rolled back", "rejected", "dropped"
    reason: str = ""
    proposal: str = ""
    commit: str = ""
