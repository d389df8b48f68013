"""A log, the clock it is written by, and what the tests do to it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from autonomous.adapters.audit.log import ChainedLog
from autonomous.model.audit import AuditEvent, AuditFault

START = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    time: datetime = START

    def now(self) -> datetime:
        return self.time

    def steady(self) -> float:
        return 0.0


@dataclass
class Bench:
    """A log and the clock it is written by; each event is a second later than the one before."""

    directory: Path
    clock: Clock = field(default_factory=Clock)
    environ: dict[str, str] = field(default_factory=dict)
    segment_bytes: int = 20_000

    @property
    def log(self) -> ChainedLog:
        return ChainedLog(
            self.directory, clock=self.clock, environ=self.environ, segment_bytes=self.segment_bytes
        )

    def event(self, subject: str = "x", **others: object) -> AuditEvent:
        self.clock.time += timedelta(seconds=1)
        plain = {"at": self.clock.time, "actor": "alice", "stage": "approver", "kind": "approval_decision"}
        return AuditEvent(**{**plain, "subject": subject, **others})

    def write(self, count: int) -> None:
        log = self.log
        for n in range(count):
            log.append(
                self.event(f"item {n}", why="because", facts={"n": n, "ok": True, "share": 0.5, "no": None})
            )

    @property
    def segments(self) -> list[Path]:
        return sorted(self.directory.glob("*.jsonl"))

    @property
    def lines(self) -> list[bytes]:
        return self.segments[0].read_bytes().splitlines(keepends=True)

    @lines.setter
    def lines(self, lines: list[bytes]) -> None:
        self.segments[0].write_bytes(b"".join(lines))

    def faults(self) -> list[tuple[int, str]]:
        return [(fault.n, fault.reason.partition(":")[0]) for fault in self.log.verify()]

    def fault(self) -> AuditFault:
        (only,) = self.log.verify()
        return only
