"""Messages are numbered and heard in order; what the audit log refuses is not done."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import tickets
from workbench import BRANCH, PERSON, Clock, Workbench

from autonomous.model.event import EventKind, Message
from autonomous.model.journey import Approval
from autonomous.orchestrator.events import AuditTrail, Bus, EventFile
from autonomous.ports.audit import AuditUnavailable

Make = Callable[..., Workbench]
NOT_IN = {"a.py": 'def f(a, b):\n    """F."""\n    return not a in b\n'}


def test_messages_count_from_one_and_reach_every_listener_in_order() -> None:
    first, second = list[Message](), list[Message]()
    bus = Bus(workflow="wf-1", clock=Clock(), listeners=(first.append, second.append))
    bus.publish(EventKind.RUN_STARTED, subject="wf-1")
    bus.publish(EventKind.SCAN_RESULT, sender="scanner", payload={"findings": 2})
    assert first == second
    assert [message.id for message in first] == [1, 2]
    assert [message.at.second for message in first] == [1, 2]
    assert (first[1].sender, first[1].payload, first[0].payload) == ("scanner", {"findings": 2}, {})


def test_a_listener_that_raises_ends_it_before_the_others_hear() -> None:
    heard = list[Message]()

    def refuse(message: Message) -> None:
        raise AuditUnavailable(Path("log"), "no room", hint="make room")

    bus = Bus(workflow="wf-1", clock=Clock(), listeners=(refuse, heard.append))
    with pytest.raises(AuditUnavailable):
        bus.publish(EventKind.RUN_STARTED)
    assert heard == []


def test_a_file_of_events_is_one_line_each_at_once() -> None:
    stream = io.BytesIO()
    bus = Bus(workflow="wf-1", clock=Clock(), listeners=(EventFile(stream),))
    bus.publish(EventKind.CHANGE_LANDED, subject="a\nb", payload={"commit": "é"})
    (line,) = stream.getvalue().splitlines()
    bus.publish(EventKind.RUN_ENDED)
    assert json.loads(line)["subject"] == "a\nb"
    assert [json.loads(each)["id"] for each in stream.getvalue().splitlines()] == [1, 2]


def test_the_audit_log_gets_who_and_why_and_no_progress(bench: Make) -> None:
    shop = bench(NOT_IN)
    bus = Bus(workflow="wf-1", clock=shop.clock, listeners=(AuditTrail(shop.log, actor=PERSON),))
    for kind in EventKind:
        bus.publish(kind, sender="approver", subject="s", payload={"by": "policy", "reason": "safe", "n": 1})
    bus.publish(EventKind.RUN_ENDED)
    events = [record.event for record in shop.log.records()]
    quiet = {EventKind.PHASE_STARTED, EventKind.PHASE_ENDED, EventKind.SCAN_RESULT}
    assert [event.kind for event in events] == [*(k for k in EventKind if k not in quiet), "run_ended"]
    assert (events[0].actor, events[0].why, events[0].facts) == ("policy", "safe", {"n": 1})
    assert (events[-1].actor, events[-1].why, events[-1].facts) == (PERSON, "", {})
    assert {event.workflow for event in events} == {"wf-1"}


def damage(bench: Workbench, *, at: EventKind) -> Callable[[Message], None]:
    """Return a listener that overwrites the end of the audit log when it hears of this kind."""

    def listen(message: Message) -> None:
        if message.kind is at:
            (log,) = (bench.state / "audit").glob("*.jsonl")
            log.write_bytes(log.read_bytes()[:-40] + b"0" * 38 + b"}\n")

    return listen


@pytest.mark.parametrize(
    "at", [EventKind.APPROVAL_DECISION, EventKind.CHANGE_IMPLEMENTED, EventKind.TEST_RESULT]
)
def test_with_a_damaged_log_nothing_lands(bench: Make, at: EventKind) -> None:
    shop = bench(NOT_IN)
    run = shop.run(listeners=[damage(shop, at=at)])
    with pytest.raises(AuditUnavailable):
        shop.improve(run)
    assert shop.branches() == {}
    assert shop.store.outcomes(run.workflow.id) == ()
    assert shop.kinds()[-1] != str(at), "who listens after the log hears nothing of it"


def test_a_yes_that_cannot_be_written_down_is_none(bench: Make) -> None:
    shop = bench(NOT_IN)
    run = shop.run(listeners=[damage(shop, at=EventKind.APPROVAL_DECISION)])
    item = tickets.cleared(shop.base, ("a.py", b"x\n", b"y\n"))
    change = item.proposal.change.digest
    with pytest.raises(AuditUnavailable):
        run.decide(Approval(change, PERSON, shop.clock.now()), proposal=item.proposal.id)
    assert shop.store.decision(change) is None


def test_a_run_tells_everything_once_and_in_order(bench: Make) -> None:
    shop = bench(NOT_IN)
    run = shop.run()
    shop.improve(run)
    assert [message.id for message in shop.messages] == list(range(1, len(shop.messages) + 1))
    phases = [m.subject for m in shop.messages if m.kind is EventKind.PHASE_ENDED]
    assert phases == ["scan", "propose", "validate", "baseline", "approve", "implement", "test"]
    recorded = [(r.event.kind, r.event.subject) for r in shop.log.records(workflow=run.workflow.id)]
    quiet = {"phase_started", "phase_ended", "scan_result"}
    assert recorded == [(str(m.kind), m.subject) for m in shop.messages if m.kind not in quiet]
    assert shop.branches()[BRANCH] == run.workflow.tip


def test_a_phase_says_how_long_it_took_and_what_came_of_it(bench: Make) -> None:
    shop = bench(NOT_IN)
    run = shop.run()
    with run.phase("scan", total=3) as phase:
        shop.clock.seconds += 2.5
        phase.summary = "3 files"
    started, ended = shop.messages[-2:]
    assert (started.kind, started.payload) == (EventKind.PHASE_STARTED, {"phase": "scan", "total": 3})
    assert ended.kind is EventKind.PHASE_ENDED
    assert ended.payload == {"phase": "scan", "summary": "3 files", "seconds": 3.5}, "one more for telling"
    with pytest.raises(KeyError), run.phase("test"):
        raise KeyError
    assert shop.messages[-1].kind is EventKind.PHASE_STARTED, "a phase that broke did not end"
