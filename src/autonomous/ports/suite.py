"""The repository's own tests, run on a tree that lies nowhere near the user's."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from autonomous.model.testing import TestReport


class TreeState(msgspec.Struct, frozen=True):
    """A commit with some files replaced (None: removed); exists only where tests run."""

    base: str
    overlay: Mapping[str, bytes | None] = {}


class Suite(Protocol):
    """Runs tests in the sandbox; never raises for what the tests do."""

    @property
    def identity(self) -> str:
        """Command, environment and interpreter in one string: what a baseline may be cached under."""
        ...

    def run(self, state: TreeState, *, tests: Sequence[str] = (), coverage: bool = False) -> TestReport:
        """Run the tests (all when `tests` is empty) on that tree and report.

        The report's status is `wrong code` when a probe shows that the tests would import code from
        anywhere but this tree, and `not run` with the reason when there is no sandbox or no test.
        """
        ...
