"""Opening repositories the way the workspace does, with a clock that stands still."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autonomous.adapters.git.repository import GitRepository
from autonomous.adapters.git.stack import Identity

BOT = Identity("autonomous", "autonomous@example.org")


class StillClock:
    def now(self) -> datetime:
        return datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

    def steady(self) -> float:
        return 0.0


Open = Callable[[Path], GitRepository]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Open repositories with a state directory beside them; they are closed after the test."""
    with ExitStack() as stack:

        def open_one(root: Path) -> GitRepository:
            state = tmp_path / "state" / root.name
            return stack.enter_context(
                GitRepository(root, state=state, clock=StillClock(), author=BOT, committer=BOT)
            )

        yield open_one


@pytest.fixture
def clock() -> StillClock:
    return StillClock()
