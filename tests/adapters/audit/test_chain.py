"""Records in a chain: written, read, and not believed when anything about them changed."""

import hashlib
import json
import os
import random
from datetime import timedelta
from pathlib import Path

import pytest
from audit_bench import START, Bench

from autonomous.adapters.audit.log import ChainedLog
from autonomous.adapters.audit.record import NotARecord, line_of, read_line, seal
from autonomous.adapters.audit.segments import Head
from autonomous.adapters.audit.verification import faults_in, read_segment
from autonomous.model.audit import AuditEvent, AuditRecord
from autonomous.model.errors import ExitCode
from autonomous.ports.audit import AuditDamaged, AuditLog, AuditUnavailable, ClockWentBack

FLIPS = int(os.environ.get("AUDIT_FLIPS", "2000"))


def test_is_an_audit_log(bench: Bench) -> None:
    port: AuditLog = bench.log
    assert list(port.records()) == []
    assert port.head() == ""
    assert port.verify() == ()


def test_what_is_written_is_read(bench: Bench) -> None:
    events = [bench.event(f"e{n}", workflow=f"wf-{n % 2}", facts={"n": n}) for n in range(5)]
    records = [bench.log.append(event) for event in events]
    assert [record.n for record in records] == [1, 2, 3, 4, 5]
    assert [record.event for record in bench.log.records()] == events
    assert list(bench.log.records()) == records
    assert [record.n for record in bench.log.records(workflow="wf-1")] == [2, 4]
    assert [record.n for record in bench.log.records(since=events[3].at)] == [4, 5]
    assert bench.log.head() == records[-1].hash
    assert bench.log.verify(anchor=records[2].hash) == ()


def test_line_is_canonical_and_its_hash_can_be_made_by_hand(bench: Bench) -> None:
    first = bench.log.append(bench.event("é\n\u202e\udcff", why='"', facts={"b": 1, "a": 0.1}))
    bench.log.append(bench.event())
    lines = bench.lines
    assert lines[0].isascii()
    assert not {0x20, 0x0D} & set(lines[1]), "no spaces"
    fields = json.loads(lines[0])
    assert list(fields) == sorted(fields)
    assert set(fields) == {
        "n",
        "at",
        "actor",
        "stage",
        "kind",
        "subject",
        "why",
        "facts",
        "workflow",
        "prev",
        "hash",
    }
    prev, stated = fields.pop("prev"), fields.pop("hash")
    body = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    assert stated == hashlib.sha256(f"autonomous-audit-v1\n{prev}\n{body}".encode()).hexdigest() == first.hash
    assert json.loads(lines[1])["prev"] == stated
    assert next(bench.log.records()).event.subject == "é\n\u202e\udcff"


def test_numbers_that_json_has_not_become_text(bench: Bench) -> None:
    bench.log.append(bench.event(facts={"nan": float("nan"), "inf": float("-inf")}))
    assert next(bench.log.records()).event.facts == {"nan": "nan", "inf": "-inf"}
    assert bench.log.verify() == ()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: line + b" ",
        lambda line: line.replace(b'"n":1', b'"n":1.0'),
        lambda line: line.replace(b'"n":1', b'"n":"1"'),
        lambda line: line.replace(b'"n":1', b'"n":1,"n":1'),
        lambda line: line.replace(b"00:00", b"00:00:00"),
        lambda line: line.replace(b'"at":"2025', b'"at":"25'),
        lambda line: line[:-1] + b',"more":1}',
        lambda line: b"[" * 100_000,
        lambda line: b"",
        lambda line: b"\xff",
        lambda line: b"[]",
    ],
)
def test_only_what_the_program_writes_is_a_record(spoil) -> None:
    event = AuditEvent(at=START, actor="a", stage="s", kind="k", subject="x")
    line = line_of(seal(event, n=1, prev="0" * 64))
    assert read_line(line).event == event
    with pytest.raises(NotARecord):
        read_line(spoil(line))


def test_every_flipped_byte_is_found(bench: Bench) -> None:
    """Bytes anywhere in 300 records over several segments; `AUDIT_FLIPS` sets how many."""
    bench.segment_bytes = 5_000
    bench.write(300)
    contents = [(path.name, path.read_bytes()) for path in bench.segments]
    segments = [tuple(read_segment(name, content, after=int(name[:12]) - 1)) for name, content in contents]
    head = Head(**json.loads((bench.directory / "head").read_bytes()))
    assert len(segments) > 10
    assert list(faults_in([line for segment in segments for line in segment], head)) == []
    chance = random.Random(20250301)
    for _ in range(FLIPS):
        which = chance.randrange(len(segments))
        name, content = contents[which]
        at, bit = chance.randrange(len(content)), 1 << chance.randrange(8)
        changed = content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]
        spoilt = read_segment(name, changed, after=int(name[:12]) - 1)
        lines = [line for part in (*segments[:which], spoilt, *segments[which + 1 :]) for line in part]
        fault = next(faults_in(lines, head), None)
        assert fault is not None, f"bit {bit} of byte {at} in {name}"
        assert (fault.segment, fault.line) == (name, content[:at].count(b"\n") + 1)


def test_every_flipped_byte_of_the_head_is_found(bench: Bench) -> None:
    bench.write(3)
    head = bench.directory / "head"
    content = head.read_bytes()
    for at in range(len(content) - 1):
        for bit in (1, 32):
            head.write_bytes(content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :])
            faults = bench.log.verify()
            lags = json.loads(content)["n"] == 3 and b'"n": 2' in head.read_bytes()
            assert faults or lags, f"bit {bit} of byte {at}"


def rewritten(line: bytes, **fields: object) -> bytes:
    """A record with other content and a hash that fits it: what somebody who knows the format can make."""
    record = read_line(line.rstrip(b"\n"))
    event = AuditEvent(
        **{**{name: getattr(record.event, name) for name in AuditEvent.__struct_fields__}, **fields}
    )
    return line_of(seal(event, n=record.n, prev=record.prev)) + b"\n"


def test_changed_record_is_named(bench: Bench) -> None:
    bench.write(9)
    lines = bench.lines
    lines[4] = lines[4].replace(b"alice", b"mally")
    bench.lines = lines
    fault = bench.fault()
    assert (fault.n, fault.segment, fault.line) == (5, bench.segments[0].name, 5)
    assert fault.reason == "changed: its content is not what its hash says"


@pytest.mark.parametrize("at", [0, 4, 8])
def test_changed_record_with_a_new_hash_is_named(bench: Bench, at: int) -> None:
    bench.write(9)
    lines = bench.lines
    lines[at] = rewritten(lines[at], actor="mally")
    bench.lines = lines
    assert bench.faults() == [(at + 1, "changed")]


def test_removed_records_are_named(bench: Bench) -> None:
    bench.write(9)
    whole = bench.lines
    bench.lines = [*whole[:3], *whole[5:]]
    fault = bench.fault()
    assert (fault.n, fault.line) == (4, 4)
    assert fault.reason == "removed: records 4 to 5 are missing before this line"
    bench.lines = whole[1:]
    assert (1, "removed") in bench.faults()


def test_cut_off_tail_is_named(bench: Bench) -> None:
    bench.write(9)
    whole = bench.lines
    bench.lines = whole[:7]
    fault = bench.fault()
    assert (fault.n, fault.reason) == (8, "removed: records 8 to 9 are missing at the end")
    with pytest.raises(AuditDamaged, match="ends with record 7, but record 9 was written"):
        bench.log.append(bench.event())
    bench.segments[0].unlink()
    assert bench.fault().reason == "removed: records 1 to 9 are missing at the end"
    with pytest.raises(AuditDamaged):
        bench.log.append(bench.event())


def test_receipt_shows_a_tail_cut_off_together_with_its_head(bench: Bench, tmp_path: Path) -> None:
    bench.write(7)
    old = (bench.directory / "head").read_bytes()
    lines = bench.lines
    bench.write(2)
    receipt = bench.log.head()
    bench.lines = lines
    (bench.directory / "head").write_bytes(old)
    assert bench.log.verify() == (), "a chain alone cannot see it"
    (fault,) = bench.log.verify(anchor=receipt)
    assert fault.n == 7
    assert receipt[:12] in fault.reason
    gone = ChainedLog(tmp_path / "none", clock=bench.clock, environ={})
    assert len(gone.verify(anchor=receipt)) == 1


def test_inserted_records_are_named(bench: Bench) -> None:
    bench.write(9)
    whole = bench.lines
    for at, line, n in (
        (6, whole[2], 3),
        (4, rewritten(whole[4], actor="mally"), 5),
        (3, b"{}\n", 4),
        (9, b"x\n", 10),
    ):
        bench.lines = [*whole[:at], line, *whole[at:]]
        if at == 9:
            assert bench.faults() == [(10, "changed")]
        else:
            assert bench.faults() == [(n, "inserted")], line
            assert bench.fault().line == at + 1


def test_reordered_records_are_named(bench: Bench) -> None:
    bench.write(9)
    lines = bench.lines
    lines[4], lines[5] = lines[5], lines[4]
    bench.lines = lines
    fault = bench.fault()
    assert (fault.n, fault.line) == (5, 6)
    assert fault.reason == "reordered: it stands behind record 6"


def test_several_faults_are_all_named(bench: Bench) -> None:
    bench.write(30)
    lines = bench.lines
    lines[20] = b"\n"
    del lines[10:13]
    lines[2] = lines[2].replace(b"item 2", b"item 7")
    bench.lines = lines
    assert bench.faults() == [(3, "changed"), (21, "changed"), (11, "removed")]


def test_other_chain_in_the_place_of_a_first_record(bench: Bench) -> None:
    bench.write(2)
    event = AuditEvent(at=START, actor="a", stage="s", kind="k", subject="x")
    bench.lines = [line_of(seal(event, n=1, prev="f" * 64)) + b"\n", bench.lines[1]]
    assert (1, "changed") in bench.faults()


def test_missing_and_renamed_segments(bench: Bench) -> None:
    bench.write(200)
    first, second, third, *_ = bench.segments
    content = second.read_bytes()
    second.unlink()
    fault = bench.fault()
    assert fault.n == int(second.name[:12])
    assert f"to {int(third.name[:12]) - 1} are missing" in fault.reason
    assert (fault.segment, fault.line) == (third.name, 1)
    second.with_name(f"{int(second.name[:12]) + 1:012d}-2025-13-41.jsonl").write_bytes(content)
    assert bench.fault().reason.startswith("the segment's name")
    assert first.stat().st_mode & 0o777 == 0o400, "sealed"


def test_head_that_is_gone_or_rubbish(bench: Bench) -> None:
    bench.write(1)
    head = bench.directory / "head"
    head.unlink()
    assert bench.log.verify() == (), "what a crash between the first record and its head leaves"
    bench.write(1)
    head.unlink()
    assert "`head`" in bench.fault().reason
    with pytest.raises(AuditDamaged, match="is missing"):
        bench.log.append(bench.event())
    head.write_text("{}")
    assert bench.fault().segment == "head"
    with pytest.raises(AuditDamaged, match="not what was written"):
        bench.log.append(bench.event())
    head.write_text('{"n": 2, "hash": "00"}')
    with pytest.raises(AuditDamaged, match="record 2 is not the one"):
        bench.log.head()
    assert bench.faults() == [(2, "changed")]


def test_head_may_be_a_record_behind(bench: Bench) -> None:
    bench.write(4)
    old = (bench.directory / "head").read_bytes()
    bench.write(1)
    (bench.directory / "head").write_bytes(old)
    assert bench.log.verify() == ()
    bench.write(1)
    assert json.loads((bench.directory / "head").read_bytes())["n"] == 6


def test_nothing_is_added_to_a_damaged_log(bench: Bench) -> None:
    bench.write(3)
    lines = bench.lines
    for spoilt in (b"rubbish\n", lines[2].replace(b"alice", b"mally"), b"\n"):
        bench.lines = [*lines[:2], spoilt]
        before = bench.segments[0].read_bytes()
        with pytest.raises(AuditDamaged, match="last line") as caught:
            bench.log.append(bench.event())
        assert "autonomous audit --verify" in caught.value.hint
        assert caught.value.detail == str(bench.directory)
        assert bench.segments[0].read_bytes() == before
        with pytest.raises(AuditDamaged, match=f"line 3 of {bench.segments[0].name}"):
            list(bench.log.records())


def test_clock_that_went_back(bench: Bench) -> None:
    bench.write(3)
    before = bench.segments[0].read_bytes()
    late: AuditRecord = list(bench.log.records())[-1]
    with pytest.raises(ClockWentBack, match="nothing is written") as caught:
        bench.log.append(bench.event(at=late.event.at - timedelta(hours=1)))
    assert isinstance(caught.value, AuditUnavailable)
    assert caught.value.exit_code is ExitCode.INTERNAL
    assert late.event.at.isoformat() in str(caught.value)
    assert bench.segments[0].read_bytes() == before
    bench.log.append(bench.event(at=late.event.at - timedelta(seconds=5)))
    assert bench.log.verify() == (), "taken before it waited for the lock"


def test_segments_are_sealed_by_size_and_by_day(bench: Bench) -> None:
    bench.write(2)
    bench.clock.time += timedelta(days=1)
    bench.write(2)
    assert [path.name for path in bench.segments] == [
        "000000000001-2025-03-01.jsonl",
        "000000000003-2025-03-02.jsonl",
    ]
    bench.write(100)
    assert len(bench.segments) > 2
    assert all(path.stat().st_size < 20_000 + 1_000 for path in bench.segments)
    assert [record.n for record in bench.log.records()] == list(range(1, 105))
    assert bench.log.verify() == ()


def test_old_segments_go_with_a_record_that_says_so(bench: Bench) -> None:
    bench.write(3)
    for _ in range(3):
        bench.clock.time += timedelta(days=40)
        bench.write(2)
    numbers = [record.n for record in bench.log.records()]
    assert numbers[0] == 4
    pruned = next(record for record in bench.log.records() if record.event.kind == "pruned")
    assert (pruned.event.facts["through"], pruned.event.facts["segments"]) == (3, 1)
    assert bench.log.verify() == ()

    again = bench.segments[0]
    again.unlink()
    assert bench.faults() == [(1, "removed")], "more is gone than the record tells of"


def test_interrupted_removal_is_no_fault(bench: Bench) -> None:
    bench.write(3)
    bench.clock.time += timedelta(days=1)
    bench.write(3)
    kept = bench.segments[1].read_bytes()
    bench.clock.time += timedelta(days=200)
    bench.write(1)
    assert len(bench.segments) == 1
    (bench.directory / "000000000004-2025-03-02.jsonl").write_bytes(kept)
    assert bench.log.verify() == ()
