"""Target to findings: reads each file once, reports what it cannot read, stops at nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from autonomous.analysis.source import Source, SourceUnreadable, read_source
from autonomous.model.finding import FileScan, Finding, Target
from autonomous.ports import Ports
from autonomous.ports.files import FileUnreadable
from autonomous.rulebook.book import Rulebook, Scan
from autonomous.stages.ignores import BARE, UNUSED, ignore_findings


@dataclass(frozen=True, slots=True)
class Scanner:
    """Applies every rule of the book to every file of the target, in the order of their paths."""

    rulebook: Rulebook
    ignores: frozenset[str] = frozenset()  # ids of the `IGNORE_RULES` that comments are judged by

    def __call__(self, item: Target, ports: Ports) -> Iterator[FileScan]:
        """Yield one `FileScan` per file as soon as it is read; no file's fault ends the scan."""
        for path in ports.files.paths(item.paths):
            if item.lines is None or path in item.lines:
                yield self._scan(path, item, ports)

    def _scan(self, path: str, target: Target, ports: Ports) -> FileScan:
        try:
            source = read_source(path, ports.files.read(path))
            scan = self.rulebook.scan(source)
        except (FileUnreadable, SourceUnreadable) as error:
            return FileScan(path, unreadable=error.reason)
        findings = sorted((*scan.findings, *self._of_ignores(source, scan)), key=lambda found: found.span)
        return FileScan(
            path,
            findings=tuple(found for found in findings if target.covers(path, found.span)),
            suppressed=scan.suppressed,
            unused_ignores=scan.unused_ignores,
            bare_ignores=scan.bare_ignores,
        )

    def _of_ignores(self, source: Source, scan: Scan) -> Iterator[Finding]:
        for rule, lines in ((UNUSED, scan.unused_ignores), (BARE, scan.bare_ignores)):
            if rule.id in self.ignores:
                yield from ignore_findings(source, rule, lines)
