"""Files of a proposal as the rulebook reads them; each content is parsed and searched once."""

from functools import lru_cache
from typing import Protocol

from autonomous.analysis.source import Source, read_source
from autonomous.model.finding import Finding

_SOURCES = 8  # parsed files are large, and proposals come file by file
_REMEMBERED = 256


class Rewritten(Protocol):
    """One way to rewrite a file."""

    @property
    def after(self) -> bytes:
        """The whole file, rewritten."""
        ...


class Rules(Protocol):
    """The part of a rulebook that validation needs."""

    def find(self, source: Source) -> tuple[Finding, ...]:
        """Return the findings of all active rules."""
        ...

    def rewrites(self, source: Source, finding: Finding) -> tuple[Rewritten, ...]:
        """Return every way to fix a finding."""
        ...


class Reading:
    """Remembers by content, so that many proposals on one file pay for its first version once."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._source = lru_cache(_SOURCES)(read_source)
        self._findings = lru_cache(_REMEMBERED)(self._find)

    def source(self, path: str, data: bytes) -> Source:
        """Return the parsed file; raises SourceUnreadable."""
        return self._source(path, data)

    def findings(self, path: str, data: bytes | None) -> tuple[Finding, ...]:
        """Return what the rules find; nothing in a file that does not exist. Raises SourceUnreadable."""
        return () if data is None else self._findings(path, data)

    def rewrites(self, path: str, data: bytes, finding: Finding) -> tuple[Rewritten, ...]:
        """Return every way to fix `finding` in this content; raises SourceUnreadable."""
        return self._rules.rewrites(self.source(path, data), finding)

    def _find(self, path: str, data: bytes) -> tuple[Finding, ...]:
        return self._rules.find(self.source(path, data))
