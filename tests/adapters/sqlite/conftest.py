"""A store in a fresh directory, with one run in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from journey_values import StillClock, run

from autonomous.adapters.sqlite.store import SqliteStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path / "state.db", clock=StillClock())
    made.save_workflow(run())
    yield made
    made.close()
