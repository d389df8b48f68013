"""Bandit as a library: its plugins on one file, without any configuration of the repository."""

import logging
import warnings
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Final

from autonomous.model.finding import Span
from autonomous.model.issue import Issue
from autonomous.model.kinds import Severity
from autonomous.ports.analyzer import AnalysisFailed

if TYPE_CHECKING:
    from bandit.core.manager import BanditManager

_LARGEST: Final = 1_000_000
_SEVERITIES: Final = {"HIGH": Severity.HIGH, "MEDIUM": Severity.MEDIUM, "LOW": Severity.LOW}
_CONFIDENCES: Final = {"HIGH": 0.9, "MEDIUM": 0.6, "LOW": 0.3}


class Bandit:
    """Honours `nosec` comments. Bandit reads by name, so each content lies for a moment in `scratch`.

    An issue's key is its test, severity and confidence: to tell new from old, equal keys are counted.
    """

    name = "bandit"

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch

    @cached_property
    def _manager(self) -> "BanditManager":
        with warnings.catch_warnings():
            # Bandit calls its plug-in loader in an old way; its users can do nothing about that.
            warnings.simplefilter("ignore", DeprecationWarning)
            from bandit.core.config import BanditConfig
            from bandit.core.manager import BanditManager

        logging.getLogger("bandit").setLevel(logging.CRITICAL)  # it warns on the caller's stderr
        return BanditManager(BanditConfig(), "file")

    def issues(self, path: str, data: bytes) -> tuple[Issue, ...]:
        """Return what bandit reports on a Python file; raises AnalysisFailed where it gives up."""
        if not path.endswith(".py"):
            return ()
        if len(data) > _LARGEST:
            raise AnalysisFailed(self.name, path=path, reason=f"larger than {_LARGEST:,} bytes")
        manager = self._manager
        manager.results.clear()
        manager.skipped.clear()
        self._scratch.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._scratch, suffix=".py") as copy:
            copy.write(data)
            copy.flush()
            manager.files_list = [copy.name]
            manager.run_tests()
        if manager.skipped:
            raise AnalysisFailed(self.name, path=path, reason=str(manager.skipped[0][1]))
        return tuple(_issues(path, manager.results))


def _issues(path: str, results: list[Any]) -> Iterator[Issue]:
    for result in results:
        line, end = result.lineno, max(result.linerange or [result.lineno])
        column, end_column = max(result.col_offset, 0), max(result.end_col_offset, 0)
        yield Issue(
            tool="bandit",
            code=result.test_id,
            message=result.text,
            path=path,
            span=Span(line, column + 1, end, end_column + 1),
            severity=_SEVERITIES.get(result.severity, Severity.INFO),
            key=f"{result.test_id} {result.severity} {result.confidence}",
            confidence=_CONFIDENCES.get(result.confidence, 0.3),
            cwe=(result.cwe.id,) if result.cwe.id else (),
        )
