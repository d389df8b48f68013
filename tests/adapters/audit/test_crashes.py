"""The log after kill -9, with torn lines, on a full disk, and with many writers at once."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from audit_bench import Bench
from filelock import FileLock

from autonomous.adapters.audit.log import ChainedLog
from autonomous.adapters.audit.segments import last_piece
from autonomous.model.audit import AuditRecord
from autonomous.ports.audit import AuditDamaged, AuditUnavailable

WRITER = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from audit_bench import Clock
from autonomous.adapters.audit.log import ChainedLog
from autonomous.model.audit import AuditEvent
class Now(Clock):
    def now(self):
        return datetime.now(UTC)
log = ChainedLog(Path(sys.argv[1]), clock=Now(), environ={}, segment_bytes=int(sys.argv[4]))
os.write(1, b"ready\\n")
for n in range(int(sys.argv[3])):
    at = datetime.now(UTC)
    record = log.append(AuditEvent(at=at, actor=sys.argv[2], stage="s", kind="k", subject=str(n), why="y" * 200))
    os.write(1, b"%d %s\\n" % (record.n, record.hash.encode()))
"""


def start(directory: Path, name: str, count: int, *, segment_bytes: int = 20_000) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-c", WRITER, str(directory), name, str(count), str(segment_bytes)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


def told(said: bytes) -> dict[int, str]:
    """What the writer said was written; a killed writer's last line may be cut."""
    lines = [line.split() for line in said.decode().splitlines()]
    return {int(line[0]): line[1] for line in lines if len(line) == 2 and len(line[1]) == 64}


def test_each_acknowledged_record_survives_kill_9(bench: Bench) -> None:
    chance = random.Random(11)
    hashes: dict[int, str] = {}
    for turn in range(20):
        process = start(bench.directory, f"writer {turn}", 100_000, segment_bytes=3_000)
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        said = b"".join(process.stdout.readline() for _ in range(chance.randrange(4)))
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.0, 0.02))
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        hashes |= told(said + rest)
    bench.clock.time = list(bench.log.records())[-1].event.at
    bench.log.append(bench.event())
    kept = {record.n: record.hash for record in bench.log.records()}
    assert len(hashes) > 20
    assert {n: kept.get(n) for n in hashes} == hashes
    assert bench.log.verify() == ()


def test_eight_writers_at_once(bench: Bench) -> None:
    writers = [start(bench.directory, f"w{n}", 50) for n in range(8)]
    hashes: dict[int, str] = {}
    for writer in writers:
        said, trouble = writer.communicate()
        assert writer.returncode == 0, trouble.decode()
        hashes |= told(said)
    assert sorted(hashes) == list(range(1, 401))
    assert bench.log.verify() == ()
    records = list(bench.log.records())
    assert {record.n: record.hash for record in records} == hashes
    for n in range(8):
        mine = [record.event.subject for record in records if record.event.actor == f"w{n}"]
        assert mine == [str(number) for number in range(50)]


def healings(bench: Bench) -> list[AuditRecord]:
    return [record for record in bench.log.records() if record.event.kind == "healed"]


@pytest.mark.parametrize("keep", [1, 100, -2])
def test_torn_line_is_kept_aside_and_recorded(bench: Bench, keep: int) -> None:
    bench.write(3)
    whole = bench.segments[0].read_bytes()
    torn = bench.lines[-1][:keep]
    bench.segments[0].write_bytes(whole + torn)
    assert bench.fault().reason.endswith("its line has no end")
    assert len(list(bench.log.records())) == 3
    bench.write(1)
    (healed,) = healings(bench)
    assert healed.n == 4
    assert (bench.directory / str(healed.event.facts["file"])).read_bytes() == torn
    assert healed.event.facts["bytes"] == len(torn)
    assert bench.segments[0].read_bytes().startswith(whole)
    assert bench.log.verify() == ()
    bench.write(1)
    assert len(healings(bench)) == 1


def test_healing_that_was_interrupted_goes_on(bench: Bench) -> None:
    bench.write(2)
    segment = bench.segments[0]
    segment.write_bytes(segment.read_bytes() + b"torn")
    assert bench.log.head(), "looking at the end cuts it off; the record comes with the next append"
    (pending,) = bench.directory.glob("torn-*.pending")
    assert healings(bench) == []
    bench.write(1)
    assert [record.event.facts["bytes"] for record in healings(bench)] == [4]
    kept = pending.with_name(pending.name.removesuffix(".pending"))
    lines = segment.read_bytes().splitlines(keepends=True)
    # Killed between the record about it and the rename: the record is there already.
    kept.rename(pending)
    segment.write_bytes(b"".join(lines[:3]))
    record = json.loads(lines[2])
    (bench.directory / "head").write_text(json.dumps({"n": record["n"], "hash": record["hash"]}))
    bench.write(1)
    assert len(healings(bench)) == 1
    assert kept.read_bytes() == b"torn"
    assert bench.log.verify() == ()


def test_first_line_of_a_segment_torn(bench: Bench) -> None:
    bench.write(2)
    bench.clock.time += timedelta(days=1)
    (bench.directory / f"000000000003-{bench.clock.time:%Y-%m-%d}.jsonl").write_bytes(b'{"actor"')
    bench.write(1)
    assert [record.event.kind for record in bench.log.records()][2:] == ["healed", "approval_decision"]
    assert len(bench.segments) == 2
    assert bench.log.verify() == ()
    (bench.directory / "000000000005-2025-03-03.jsonl").touch()
    bench.write(1)
    assert len(bench.segments) == 2
    assert bench.log.verify() == ()


def test_acknowledged_record_without_its_line_end_is_not_healed_away(bench: Bench) -> None:
    bench.write(3)
    bench.segments[0].write_bytes(bench.segments[0].read_bytes()[:-1])
    with pytest.raises(AuditDamaged, match="ends with record 2, but record 3 was written"):
        bench.log.append(bench.event())
    assert bench.log.verify()


def test_full_disk(bench: Bench) -> None:
    bench.write(1)
    process = start(bench.directory, "w", 100_000, segment_bytes=10**9)
    assert process.stdout
    process.stdout.readline()
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (20_000, 20_000))
    said, trouble = process.communicate()
    assert process.returncode == 1
    assert (
        "AuditUnavailable: the audit log cannot be used, and nothing is done without it: File too large"
        in trouble.decode()
    )
    assert bench.log.verify() == (), "what did not fit was taken out again"
    assert list(bench.log.records())[-1].n == max(told(said))
    bench.clock.time = list(bench.log.records())[-1].event.at
    bench.write(1)
    assert healings(bench) == []


def test_no_place_for_the_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    bench = Bench(tmp_path / "file" / "audit")
    for call in (lambda: bench.log.append(bench.event()), bench.log.verify, bench.log.head):
        with pytest.raises(AuditUnavailable, match="Not a directory") as caught:
            call()
        assert "writable" in caught.value.hint
        assert str(tmp_path / "file") in caught.value.detail


def test_never_through_a_link(bench: Bench, tmp_path: Path) -> None:
    bench.write(1)
    bench.clock.time += timedelta(days=1)
    target = tmp_path / "target"
    (bench.directory / f"000000000002-{bench.clock.time:%Y-%m-%d}.jsonl").symlink_to(target)
    with pytest.raises(AuditUnavailable):
        bench.log.append(bench.event())
    assert not target.exists()


def test_lock_held_for_too_long(bench: Bench) -> None:
    bench.write(1)
    with (
        FileLock(bench.directory / "lock"),
        pytest.raises(AuditUnavailable, match=r"held its lock for 0.2 s") as caught,
    ):
        ChainedLog(bench.directory, clock=bench.clock, environ={}, lock_seconds=0.2).append(bench.event())
    assert "other run" in caught.value.hint


def test_private_files(bench: Bench) -> None:
    bench.write(1)
    assert bench.directory.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in bench.directory.iterdir()} == {0}


@pytest.mark.parametrize("length", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_last_line_of_any_length(tmp_path: Path, length: int) -> None:
    path = tmp_path / "file"
    last = b"x" * length
    for before in (b"", b"first\n", b"y" * 70_000 + b"\n"):
        path.write_bytes(before + last + b"\n")
        assert last_piece(path) == (last, True)
        path.write_bytes(before + last)
        if length:
            assert last_piece(path) == (last, False)
    path.write_bytes(b"")
    assert last_piece(path) == (b"", True)
