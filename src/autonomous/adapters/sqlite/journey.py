"""The statements behind the store: runs, findings, proposals, evidence, decisions and ends."""

import sqlite3
from collections.abc import Iterator
from typing import assert_never

from autonomous.adapters.sqlite.codec import dump, fetch, keep, load
from autonomous.adapters.sqlite.lookup import full_id
from autonomous.adapters.sqlite.rows import (
    EvidenceRow,
    OutcomeRow,
    evidence_row,
    outcome_row,
    proposal_row,
    whole_cleared,
    whole_outcome,
    whole_proposal,
)
from autonomous.model.check import Gate
from autonomous.model.digest import Digest
from autonomous.model.journey import Cleared, Dropped, Landed, Outcome, RolledBack
from autonomous.model.proposal import Proposal
from autonomous.model.testing import TestReport
from autonomous.model.workflow import Workflow
from autonomous.ports.store import UnknownId

# A change waits when nobody decided on it, it did not end since, and no other way
# to fix the same finding was approved in the same run and holds.
_WAITING = """
    SELECT p.value, c.value FROM cleared c JOIN proposals p ON p.id = c.proposal
    WHERE (:workflow IS NULL OR c.workflow = :workflow) AND c.gate <> :reject AND NOT c.ended
    AND c.seq = (SELECT max(seq) FROM cleared WHERE proposal = c.proposal AND NOT ended
                 AND (:workflow IS NULL OR workflow = :workflow))
    AND NOT EXISTS (SELECT 1 FROM decisions WHERE change = p.change)
    AND NOT EXISTS (
        SELECT 1 FROM cleared s JOIN proposals q ON q.id = s.proposal JOIN decisions d ON d.change = q.change
        WHERE s.workflow = c.workflow AND q.finding = p.finding AND d.kind = 'approved'
        AND NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.workflow = s.workflow AND o.proposal = q.id
                        AND o.kind <> 'landed'))
    ORDER BY c.seq"""


_APPROVED = """
    SELECT p.value, c.value FROM cleared c JOIN proposals p ON p.id = c.proposal
    JOIN decisions d ON d.change = p.change AND d.kind = 'approved'
    WHERE NOT c.ended AND c.seq = (SELECT max(seq) FROM cleared WHERE proposal = c.proposal)
    ORDER BY c.seq"""


# The runs of a command that made nothing but findings, all but the newest.
_OLD_RUNS = """
    SELECT id FROM workflows w WHERE json_extract(value, '$.command') = :command
    AND NOT EXISTS (SELECT 1 FROM run_proposals r WHERE r.workflow = w.id)
    AND NOT EXISTS (SELECT 1 FROM cleared c WHERE c.workflow = w.id)
    AND NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.workflow = w.id)
    ORDER BY seq DESC LIMIT -1 OFFSET :keep"""


def put_run(db: sqlite3.Connection, workflow: Workflow) -> None:
    """Keep a run, or what became of it."""
    db.execute(
        "INSERT INTO workflows (id, value) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET value = excluded.value",
        (workflow.id, dump(workflow)),
    )


def forget_runs(db: sqlite3.Connection, command: str, *, keep: int) -> None:
    """Delete the runs of a command, with their findings, but for the newest `keep` and those that led to more."""
    old = db.execute(_OLD_RUNS, {"command": command, "keep": keep}).fetchall()
    db.executemany("DELETE FROM findings WHERE workflow = ?", old)
    db.executemany("DELETE FROM workflows WHERE id = ?", old)


def require_run(db: sqlite3.Connection, workflow: str) -> None:
    """Raise UnknownId when this run was never saved."""
    if db.execute("SELECT 1 FROM workflows WHERE id = ?", (workflow,)).fetchone() is None:
        raise UnknownId("run", workflow, hint="list runs with `autonomous status`")


def put_proposal(db: sqlite3.Connection, proposal: Proposal, *, workflow: str) -> str:
    """Keep a proposal and that this run made it; return its id."""
    row = (
        proposal.id,
        proposal.finding.fingerprint,
        proposal.change.digest,
        dump(proposal_row(db, proposal)),
    )
    db.execute(
        "INSERT INTO proposals (id, finding, change, value) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET value = excluded.value",
        row,
    )
    link = "INSERT INTO run_proposals (workflow, proposal) VALUES (?, ?) ON CONFLICT DO NOTHING"
    db.execute(link, (workflow, proposal.id))
    return proposal.id


def get_proposal(db: sqlite3.Connection, prefix: str) -> Proposal:
    """Return the one proposal whose id starts with `prefix`."""
    key = full_id(db, "proposal", prefix)
    return whole_proposal(db, db.execute("SELECT value FROM proposals WHERE id = ?", (key,)).fetchone()[0])


def proposals_on(db: sqlite3.Connection, finding: str) -> Iterator[Proposal]:
    """Yield the proposals for a finding, the newest first."""
    query = "SELECT value FROM proposals WHERE finding = ? ORDER BY seq DESC"
    for (value,) in db.execute(query, (finding,)).fetchall():
        yield whole_proposal(db, value)


def put_cleared(db: sqlite3.Connection, item: Cleared, *, workflow: str) -> None:
    """Keep the evidence for a proposal; cleared again it waits again, in its old place."""
    key = put_proposal(db, item.proposal, workflow=workflow)
    db.execute(
        "INSERT INTO cleared (workflow, proposal, gate, ended, value) VALUES (?, ?, ?, 0, ?)"
        " ON CONFLICT (workflow, proposal) DO UPDATE SET gate = excluded.gate, ended = 0, value = excluded.value",
        (workflow, key, item.gate.value, dump(evidence_row(item))),
    )


def get_cleared(db: sqlite3.Connection, proposal: str) -> Cleared | None:
    """Return the newest evidence for exactly this proposal id."""
    query = (
        "SELECT p.value, c.value FROM cleared c JOIN proposals p ON p.id = c.proposal"
        " WHERE c.proposal = ? ORDER BY c.seq DESC LIMIT 1"
    )
    row = db.execute(query, (proposal,)).fetchone()
    return None if row is None else whole_cleared(whole_proposal(db, row[0]), load(row[1], EvidenceRow))


def waiting_ones(db: sqlite3.Connection, workflow: str | None) -> Iterator[Cleared]:
    """Yield what waits for a person, in the order it was cleared."""
    rows = db.execute(_WAITING, {"workflow": workflow, "reject": Gate.REJECT.value}).fetchall()
    for proposal, evidence in rows:
        yield whole_cleared(whole_proposal(db, proposal), load(evidence, EvidenceRow))


def approved_ones(db: sqlite3.Connection) -> Iterator[Cleared]:
    """Yield what somebody approved and nothing ended since, in the order it was cleared."""
    for proposal, evidence in db.execute(_APPROVED).fetchall():
        yield whole_cleared(whole_proposal(db, proposal), load(evidence, EvidenceRow))


def put_outcome(db: sqlite3.Connection, outcome: Outcome, *, workflow: str) -> None:
    """Keep how an item ended; a later end of the same item replaces the earlier one."""
    kind, finding, report = _named(outcome)
    proposal = None if outcome.proposal is None else put_proposal(db, outcome.proposal, workflow=workflow)
    digest = None if report is None else keep_report(db, report)
    db.execute(
        "INSERT INTO outcomes (workflow, finding, proposal, kind, report, value) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (workflow, finding, ifnull(proposal, '')) DO UPDATE"
        " SET kind = excluded.kind, report = excluded.report, value = excluded.value",
        (workflow, finding, proposal, kind, digest, dump(outcome_row(outcome))),
    )
    db.execute(
        "UPDATE cleared SET ended = 1 WHERE proposal = :proposal OR (:proposal IS NULL AND workflow = :workflow"
        " AND proposal IN (SELECT id FROM proposals WHERE finding = :finding))",
        {"proposal": proposal, "workflow": workflow, "finding": finding},
    )


def _named(outcome: Outcome) -> tuple[str, str, TestReport | None]:
    match outcome:
        case Landed(tested=tested):
            return "landed", tested.proposal.finding.fingerprint, tested.report
        case RolledBack(report=report):
            return "rolled back", outcome.proposal.finding.fingerprint, report
        case Dropped(finding=finding):
            return "dropped", finding.fingerprint, None
        case _:
            assert_never(outcome)


def outcomes_of(db: sqlite3.Connection, workflow: str) -> Iterator[Outcome]:
    """Yield how the items of a run ended, in order; equal reports are one value."""
    query = (
        "SELECT o.value, o.report, p.value FROM outcomes o LEFT JOIN proposals p ON p.id = o.proposal"
        " WHERE o.workflow = ? ORDER BY o.seq"
    )
    reports: dict[str | None, TestReport | None] = {None: None}
    for value, digest, proposal in db.execute(query, (workflow,)).fetchall():
        if digest not in reports:
            reports[digest] = get_report(db, digest)
        whole = None if proposal is None else whole_proposal(db, proposal)
        yield whole_outcome(load(value, OutcomeRow).end, proposal=whole, report=reports[digest])


def keep_report(db: sqlite3.Connection, report: TestReport) -> Digest:
    """Keep a test report once, under its digest."""
    return keep(db, dump(report).encode())


def get_report(db: sqlite3.Connection, digest: str) -> TestReport:
    """Return the test report kept under a digest."""
    return load(fetch(db, digest).decode(), TestReport)
