"""The store: what every run knows, so that a killed one can go on."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from autonomous.model.digest import Digest
from autonomous.model.errors import AutonomousError, ExitCode
from autonomous.model.finding import Finding
from autonomous.model.journey import Cleared, Decision, Outcome
from autonomous.model.proposal import Proposal
from autonomous.model.testing import TestReport
from autonomous.model.workflow import ItemState, Workflow


class UnknownId(AutonomousError):
    """No thing of that kind has an id that starts like this."""

    exit_code = ExitCode.USAGE

    def __init__(self, kind: str, prefix: str, *, hint: str) -> None:
        self.kind, self.prefix, self.hint = kind, prefix, hint
        super().__init__(f"no {kind} has an id that starts with {prefix!r}")


class AmbiguousId(AutonomousError):
    """Several things of that kind have an id that starts like this."""

    exit_code = ExitCode.USAGE

    def __init__(self, kind: str, prefix: str, *, candidates: tuple[str, ...], hint: str) -> None:
        self.kind, self.prefix, self.candidates, self.hint = kind, prefix, candidates, hint
        super().__init__(f"{prefix!r} is the start of several {kind} ids: {', '.join(candidates)}")


class StoreUnavailable(AutonomousError):
    """The store cannot be read or written now; what was kept before is still there."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, path: Path, reason: str, *, hint: str) -> None:
        self.path, self.reason, self.detail, self.hint = path, reason, str(path), hint
        super().__init__(f"the store cannot be used: {reason}")


class StoreDamaged(AutonomousError):
    """The store's file is not what was written; it is left as it is until somebody moves it aside."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason, self.detail = path, reason, str(path)
        aside = f"{path.parent}/damaged"
        self.hint = f"move it aside (mkdir '{aside}' && mv '{path}'* '{aside}/') and run this again"
        super().__init__(f"the store is damaged: {reason}")


class StoreTooNew(AutonomousError):
    """The store was written by a newer version of this program."""

    exit_code = ExitCode.USAGE
    hint = "update this program (pip install --upgrade autonomous); nothing was changed"

    def __init__(self, path: Path, *, migrations: tuple[str, ...]) -> None:
        self.path, self.migrations, self.detail = path, migrations, str(path)
        super().__init__(f"the store was written by a newer version (it has {', '.join(migrations)})")


class Store(Protocol):
    """Every write is one transaction and durable when it returns; `AmbiguousId` and `UnknownId` for lookups."""

    def save_workflow(self, workflow: Workflow) -> None:
        """Insert or replace a run."""
        ...

    def workflow(self, prefix: str) -> Workflow:
        """Return the run whose id starts with `prefix`; raises UnknownId or AmbiguousId."""
        ...

    def workflows(self, *, limit: int = 20) -> tuple[Workflow, ...]:
        """Return the newest runs first."""
        ...

    def save_findings(self, findings: Sequence[Finding], *, workflow: str) -> None:
        """Remember what a scan found."""
        ...

    def forget_scans(self, *, keep: int) -> None:
        """Forget all but the newest `keep` scans, with what only they found."""
        ...

    def finding(self, prefix: str) -> Finding:
        """Return the newest finding whose fingerprint starts with `prefix`."""
        ...

    def save_proposals(self, proposals: Sequence[Proposal], *, workflow: str) -> None:
        """Remember proposals of a run."""
        ...

    def proposal(self, prefix: str) -> Proposal:
        """Return the proposal whose id starts with `prefix`."""
        ...

    def proposals_for(self, finding: str) -> tuple[Proposal, ...]:
        """Return all proposals for a finding, the newest first."""
        ...

    def save_cleared(self, cleared: Cleared, *, workflow: str) -> None:
        """Remember that a proposal passed both validators and with which evidence."""
        ...

    def cleared(self, proposal: str) -> Cleared | None:
        """Return the evidence for a proposal id, or None when it was never cleared."""
        ...

    def waiting(self, *, workflow: str | None = None) -> tuple[Cleared, ...]:
        """Return what was cleared and neither decided nor ended, in the order it came."""
        ...

    def approved(self) -> tuple[Cleared, ...]:
        """Return what was cleared and approved and has not ended, in the order it came."""
        ...

    def save_decision(self, decision: Decision) -> None:
        """Remember a yes or a no; a later one for the same change replaces it."""
        ...

    def decision(self, change: Digest) -> Decision | None:
        """Return the newest decision on a change."""
        ...

    def save_outcomes(self, outcomes: Iterable[Outcome], *, workflow: str) -> None:
        """Remember how items of a run ended."""
        ...

    def outcomes(self, workflow: str) -> tuple[Outcome, ...]:
        """Return how items of a run ended, in order."""
        ...

    def items(self, workflow: str) -> tuple[ItemState, ...]:
        """Return each item of a run and where it is."""
        ...

    def save_baseline(self, key: Digest, report: TestReport) -> None:
        """Remember a baseline run by tree, command and environment."""
        ...

    def baseline(self, key: Digest) -> TestReport | None:
        """Return the baseline run kept under this key."""
        ...
