"""Target to findings: reads each file once, reports what it cannot read, stops at nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from autonomous.analysis.source import SourceUnreadable, read_source
from autonomous.model.finding import FileScan, Target
from autonomous.ports import Ports
from autonomous.ports.files import FileUnreadable
from autonomous.rulebook.book import Rulebook


@dataclass(frozen=True, slots=True)
class Scanner:
    """Applies every rule of the book to every file of the target, in the order of their paths."""

    rulebook: Rulebook
    strict: bool = False  # an ignore without a reason is a finding too

    def __call__(self, item: Target, ports: Ports) -> Iterator[FileScan]:
        """Yield one `FileScan` per file as soon as it is read; no file's fault ends the scan."""
        for path in ports.files.paths(item.paths):
            if item.lines is None or path in item.lines:
                yield self._scan(path, item, ports)

    def _scan(self, path: str, target: Target, ports: Ports) -> FileScan:
        try:
            scan = self.rulebook.scan(read_source(path, ports.files.read(path)))
        except (FileUnreadable, SourceUnreadable) as error:
            return FileScan(path, unreadable=error.reason)
        found = FileScan(
            path,
            findings=scan.findings,
            suppressed=scan.suppressed,
            unused_ignores=scan.unused_ignores,
            bare_ignores=scan.bare_ignores,
        )
        if target.lines is None:
            return found
        return msgspec.structs.replace(
            found, findings=tuple(f for f in scan.findings if target.covers(path, f.span))
        )
