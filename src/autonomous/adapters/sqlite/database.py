"""One SQLite file: opened, brought to the newest shape, and used in transactions that hold or do not happen."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from autonomous.adapters.sqlite.codec import DamagedRow
from autonomous.adapters.sqlite.migrations import missing, take
from autonomous.model.errors import AutonomousError
from autonomous.ports.clock import Clock
from autonomous.ports.store import StoreDamaged, StoreUnavailable

_BUSY_SECONDS = 2.0

# What keeps SQLite from working while the file itself is sound; https://www.sqlite.org/rescode.html
_OUTSIDE = {
    sqlite3.SQLITE_FULL: "free some space and run this again",
    sqlite3.SQLITE_IOERR: "check the disk (is it full? is there a size limit?) and run this again",
    sqlite3.SQLITE_CANTOPEN: "check that the directory exists and is yours",
    sqlite3.SQLITE_READONLY: "make the file and its directory writable",
    sqlite3.SQLITE_PERM: "make the file and its directory readable and writable",
    sqlite3.SQLITE_BUSY: "another run is writing to it: wait for that run and try again",
    sqlite3.SQLITE_LOCKED: "another run is writing to it: wait for that run and try again",
    sqlite3.SQLITE_PROTOCOL: "another run is writing to it: wait for that run and try again",
    sqlite3.SQLITE_NOMEM: "free some memory and run this again",
}
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
)


class Database:
    """Raises StoreUnavailable, StoreDamaged or StoreTooNew, never an error of SQLite's own."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        with self._translated():
            _create_private(path)
            self._db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
        with ExitStack() as unless_prepared:
            unless_prepared.callback(self._db.close)
            self._prepare(clock)
            unless_prepared.pop_all()

    def _prepare(self, clock: Clock) -> None:
        with self._translated():
            for pragma in _PRAGMAS:
                self._db.execute(f"PRAGMA {pragma}")
        with self.reading() as db:
            steps = missing(db, self._path)
        if steps:
            with self.writing() as db:  # asked again: another process may have been first
                take(db, missing(db, self._path), at=clock.now())

    def close(self) -> None:
        """Close the file; committed rows are durable already."""
        self._db.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give one consistent view over several queries."""
        with self._transaction("BEGIN") as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Commit everything done inside, durably, or nothing of it."""
        with self._transaction("BEGIN IMMEDIATE") as db:
            yield db

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._translated():
            self._db.execute(begin)
            try:
                yield self._db
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:  # SQLite ends it by itself after some errors
                    self._db.execute("ROLLBACK")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError as error:
            raise _meaning(error, self._path) from error
        except DamagedRow as error:
            raise StoreDamaged(self._path, str(error)) from error
        except OSError as error:
            hint = "check that the directory exists, is yours and has room"
            raise StoreUnavailable(self._path, error.strerror or str(error), hint=hint) from error


def _create_private(path: Path) -> None:
    """Make the file readable to its owner alone before SQLite does; a link in its place is refused."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))


def _meaning(error: sqlite3.DatabaseError, path: Path) -> AutonomousError:
    primary = error.sqlite_errorcode & 0xFF
    if primary in _OUTSIDE:
        return StoreUnavailable(path, str(error), hint=_OUTSIDE[primary])
    return StoreDamaged(path, str(error))
