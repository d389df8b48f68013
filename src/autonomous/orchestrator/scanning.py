"""The scan phase: files in, findings out, as they come."""

from collections.abc import Iterator

from autonomous.model.event import EventKind
from autonomous.model.finding import FileScan, Finding, ScanSummary, Target, Unreadable
from autonomous.orchestrator.run import Run
from autonomous.ports import Ports
from autonomous.stages.scanner import Scanner


class Tally:
    """Counts a scan while it streams by."""

    def __init__(self) -> None:
        self.files = self.findings = self.suppressed = 0
        self.unreadable: list[Unreadable] = []

    def add(self, scan: FileScan) -> None:
        """Count one file."""
        self.files += 1
        self.findings += len(scan.findings)
        self.suppressed += scan.suppressed
        if scan.unreadable:
            self.unreadable.append(Unreadable(scan.path, scan.unreadable))

    def summary(self, *, seconds: float) -> ScanSummary:
        """Return what was counted."""
        return ScanSummary(
            files=self.files,
            findings=self.findings,
            suppressed=self.suppressed,
            unreadable=tuple(self.unreadable),
            seconds=seconds,
        )


def scan(target: Target, *, scanner: Scanner, ports: Ports, tally: Tally) -> Iterator[FileScan]:
    """Yield each file's scan as soon as it is there, and count it."""
    for found in scanner(target, ports):
        tally.add(found)
        yield found


def scan_phase(
    run: Run, target: Target, *, scanner: Scanner, ports: Ports
) -> tuple[tuple[Finding, ...], Tally]:
    """Scan to the end, remember the findings in the store, and tell how many there are."""
    tally = Tally()
    with run.phase("scan") as phase:
        findings: list[Finding] = []
        for found in scan(target, scanner=scanner, ports=ports, tally=tally):
            findings += found.findings
            if found.findings or found.unreadable:
                run.tell(
                    EventKind.SCAN_RESULT,
                    sender="scanner",
                    subject=found.path,
                    payload={"findings": len(found.findings), "unreadable": found.unreadable},
                )
        run.store.save_findings(findings, workflow=run.workflow.id)
        phase.summary = f"{count(tally.files, 'file')}   {count(len(findings), 'finding')}"
        if tally.unreadable:
            phase.summary += f"   {count(len(tally.unreadable), 'file')} not readable"
    return tuple(findings), tally


def count(number: int, noun: str) -> str:
    """Return the number with its noun: "1 file", "2 files"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
