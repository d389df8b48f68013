"""The shape of the database, as named steps; each is recorded when it was taken."""

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from autonomous.ports.store import StoreTooNew


class Migration(NamedTuple):
    """One step: its name for ever, and the statements that take it."""

    name: str
    statements: tuple[str, ...]


_LEDGER = "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL)"

_JOURNEY = (
    "CREATE TABLE contents (digest TEXT PRIMARY KEY, data BLOB NOT NULL)",
    """CREATE TABLE workflows (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, value TEXT NOT NULL)""",
    """CREATE TABLE findings (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, workflow TEXT NOT NULL REFERENCES workflows (id),
        fingerprint TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (workflow, fingerprint))""",
    "CREATE INDEX findings_by_fingerprint ON findings (fingerprint)",
    """CREATE TABLE proposals (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, finding TEXT NOT NULL,
        change TEXT NOT NULL, value TEXT NOT NULL)""",
    "CREATE INDEX proposals_by_finding ON proposals (finding)",
    """CREATE TABLE run_proposals (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, workflow TEXT NOT NULL REFERENCES workflows (id),
        proposal TEXT NOT NULL REFERENCES proposals (id), UNIQUE (workflow, proposal))""",
    """CREATE TABLE cleared (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, workflow TEXT NOT NULL REFERENCES workflows (id),
        proposal TEXT NOT NULL REFERENCES proposals (id), gate TEXT NOT NULL,
        ended INTEGER NOT NULL, value TEXT NOT NULL, UNIQUE (workflow, proposal))""",
    "CREATE INDEX cleared_by_proposal ON cleared (proposal)",
    "CREATE TABLE decisions (change TEXT PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL)",
    """CREATE TABLE outcomes (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, workflow TEXT NOT NULL REFERENCES workflows (id),
        finding TEXT NOT NULL, proposal TEXT REFERENCES proposals (id), kind TEXT NOT NULL,
        report TEXT REFERENCES contents (digest), value TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX outcome_of_item ON outcomes (workflow, finding, ifnull(proposal, ''))",
    "CREATE TABLE baselines (key TEXT PRIMARY KEY, report TEXT NOT NULL REFERENCES contents (digest))",
)

MIGRATIONS = (Migration("0001-journey", _JOURNEY),)


def missing(db: sqlite3.Connection, path: Path) -> tuple[Migration, ...]:
    """Return the steps that this database still needs; raises StoreTooNew when it has steps unknown here."""
    ledger = db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'").fetchone()
    taken = {name for (name,) in db.execute("SELECT name FROM migrations")} if ledger else set()
    if unknown := taken - {step.name for step in MIGRATIONS}:
        raise StoreTooNew(path, migrations=tuple(sorted(unknown)))
    return tuple(step for step in MIGRATIONS if step.name not in taken)


def take(db: sqlite3.Connection, steps: tuple[Migration, ...], *, at: datetime) -> None:
    """Take the steps and record them; the caller holds the transaction."""
    db.execute(_LEDGER)
    for step in steps:
        for statement in step.statements:
            db.execute(statement)
        db.execute("INSERT INTO migrations (name, at) VALUES (?, ?)", (step.name, at.isoformat()))
