"""The store in one SQLite file: each method is one transaction, durable when it returns."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from autonomous.adapters.sqlite import journey
from autonomous.adapters.sqlite.codec import dump, load
from autonomous.adapters.sqlite.database import Database
from autonomous.adapters.sqlite.lookup import full_id
from autonomous.adapters.sqlite.progress import DECISIONS, items_of
from autonomous.model.digest import Digest
from autonomous.model.finding import Finding
from autonomous.model.journey import Approval, Cleared, Decision, Outcome
from autonomous.model.proposal import Proposal
from autonomous.model.testing import TestReport
from autonomous.model.workflow import ItemState, Workflow
from autonomous.ports.clock import Clock


class SqliteStore:
    """Implements `ports.store.Store`. Every method may raise StoreUnavailable or StoreDamaged.

    What is saved for a run needs the run itself saved before; UnknownId otherwise.
    """

    def __init__(self, path: Path, *, clock: Clock) -> None:
        """Open the file, made when it is not there, and bring it to the newest shape; StoreTooNew when it is newer."""
        self._database = Database(path, clock)

    def close(self) -> None:
        self._database.close()

    def save_workflow(self, workflow: Workflow) -> None:
        with self._database.writing() as db:
            journey.put_run(db, workflow)

    def workflow(self, prefix: str) -> Workflow:
        with self._database.reading() as db:
            key = full_id(db, "run", prefix)
            row = db.execute("SELECT value FROM workflows WHERE id = ?", (key,)).fetchone()
            return load(row[0], Workflow)

    def workflows(self, *, limit: int = 20) -> tuple[Workflow, ...]:
        with self._database.reading() as db:
            rows = db.execute("SELECT value FROM workflows ORDER BY seq DESC LIMIT ?", (limit,))
            return tuple(load(row[0], Workflow) for row in rows)

    def save_findings(self, findings: Sequence[Finding], *, workflow: str) -> None:
        with self._database.writing() as db:
            journey.require_run(db, workflow)
            db.executemany(
                "INSERT INTO findings (workflow, fingerprint, value) VALUES (?, ?, ?)"
                " ON CONFLICT (workflow, fingerprint) DO UPDATE SET value = excluded.value",
                [(workflow, item.fingerprint, dump(item)) for item in findings],
            )

    def forget_scans(self, *, keep: int) -> None:
        with self._database.writing() as db:
            journey.forget_runs(db, "scan", keep=keep)

    def finding(self, prefix: str) -> Finding:
        with self._database.reading() as db:
            key = full_id(db, "finding", prefix)
            query = "SELECT value FROM findings WHERE fingerprint = ? ORDER BY seq DESC LIMIT 1"
            return load(db.execute(query, (key,)).fetchone()[0], Finding)

    def save_proposals(self, proposals: Sequence[Proposal], *, workflow: str) -> None:
        with self._database.writing() as db:
            journey.require_run(db, workflow)
            for proposal in proposals:
                journey.put_proposal(db, proposal, workflow=workflow)

    def proposal(self, prefix: str) -> Proposal:
        with self._database.reading() as db:
            return journey.get_proposal(db, prefix)

    def proposals_for(self, finding: str) -> tuple[Proposal, ...]:
        with self._database.reading() as db:
            return tuple(journey.proposals_on(db, finding))

    def save_cleared(self, cleared: Cleared, *, workflow: str) -> None:
        with self._database.writing() as db:
            journey.require_run(db, workflow)
            journey.put_cleared(db, cleared, workflow=workflow)

    def cleared(self, proposal: str) -> Cleared | None:
        with self._database.reading() as db:
            return journey.get_cleared(db, proposal)

    def waiting(self, *, workflow: str | None = None) -> tuple[Cleared, ...]:
        with self._database.reading() as db:
            return tuple(journey.waiting_ones(db, workflow))

    def approved(self) -> tuple[Cleared, ...]:
        with self._database.reading() as db:
            return tuple(journey.approved_ones(db))

    def save_decision(self, decision: Decision) -> None:
        kind = "approved" if isinstance(decision, Approval) else "rejected"
        with self._database.writing() as db:
            db.execute(
                "INSERT INTO decisions (change, kind, value) VALUES (?, ?, ?)"
                " ON CONFLICT (change) DO UPDATE SET kind = excluded.kind, value = excluded.value",
                (decision.change, kind, dump(decision)),
            )

    def decision(self, change: Digest) -> Decision | None:
        with self._database.reading() as db:
            row = db.execute("SELECT kind, value FROM decisions WHERE change = ?", (change,)).fetchone()
            return None if row is None else load(row[1], DECISIONS[row[0]])

    def save_outcomes(self, outcomes: Iterable[Outcome], *, workflow: str) -> None:
        with self._database.writing() as db:
            journey.require_run(db, workflow)
            for outcome in outcomes:
                journey.put_outcome(db, outcome, workflow=workflow)

    def outcomes(self, workflow: str) -> tuple[Outcome, ...]:
        with self._database.reading() as db:
            return tuple(journey.outcomes_of(db, workflow))

    def items(self, workflow: str) -> tuple[ItemState, ...]:
        with self._database.reading() as db:
            return items_of(db, workflow)

    def save_baseline(self, key: Digest, report: TestReport) -> None:
        with self._database.writing() as db:
            db.execute(
                "INSERT INTO baselines (key, report) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET report = excluded.report",
                (key, journey.keep_report(db, report)),
            )

    def baseline(self, key: Digest) -> TestReport | None:
        with self._database.reading() as db:
            row = db.execute("SELECT report FROM baselines WHERE key = ?", (key,)).fetchone()
            return None if row is None else journey.get_report(db, row[0])
