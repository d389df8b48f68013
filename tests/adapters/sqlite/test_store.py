"""What goes into the store comes out of it, and what is asked of it is answered from all that is there."""

import sqlite3
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from journey_values import (
    NOW,
    REPORT,
    StillClock,
    approval,
    cleared,
    dropped,
    finding,
    landed,
    proposal,
    rolled_back,
    run,
)

from autonomous.adapters.sqlite.store import SqliteStore
from autonomous.model.check import Gate
from autonomous.model.digest import digest_of
from autonomous.model.errors import ExitCode
from autonomous.model.journey import Rejection
from autonomous.model.kinds import StageName
from autonomous.model.workflow import WorkflowStatus
from autonomous.ports.store import AmbiguousId, Store, UnknownId


def test_is_a_store(store: SqliteStore) -> None:
    port: Store = store
    assert port.workflow("wf-1") == run()


def test_runs_newest_first_and_replaced_by_id(store: SqliteStore) -> None:
    store.save_workflow(run("wf-2"))
    ended = msgspec.structs.replace(run(), status=WorkflowStatus.DONE, ended=NOW)
    store.save_workflow(ended)
    assert store.workflows() == (run("wf-2"), ended)
    assert store.workflows(limit=1) == (run("wf-2"),)


def test_old_scans_are_forgotten_and_other_runs_are_not(store: SqliteStore) -> None:
    names = [f"wf-scan{number}" for number in range(4)]
    for number, name in enumerate(names):
        store.save_workflow(msgspec.structs.replace(run(name), command="scan"))
        store.save_findings([finding(1), finding(10 + number)], workflow=name)
    store.save_proposals([proposal(2)], workflow=names[0])
    store.save_findings([finding(20)], workflow="wf-1")
    store.forget_scans(keep=2)
    assert [each.id for each in store.workflows()] == [names[3], names[2], names[0], "wf-1"]
    assert [each.fingerprint for each in (store.finding(finding(n).fingerprint) for n in (1, 10, 12, 13, 20))]
    with pytest.raises(UnknownId):
        store.finding(finding(11).fingerprint)
    store.forget_scans(keep=2)
    assert len(store.workflows()) == 4


def test_everything_survives_reopening(store: SqliteStore, tmp_path: Path) -> None:
    first, second, third = proposal(1), proposal(2), proposal(3)
    store.save_findings([finding(9)], workflow="wf-1")
    store.save_cleared(cleared(first), workflow="wf-1")
    store.save_decision(approval(first))
    ends = (landed(first), rolled_back(second), dropped(finding(9)), dropped(third.finding, by=third))
    store.save_outcomes(ends, workflow="wf-1")
    store.save_baseline(digest_of(b"tree"), REPORT)
    store.close()

    again = SqliteStore(tmp_path / "state.db", clock=StillClock())
    assert again.finding(finding(9).fingerprint) == finding(9)
    assert again.proposal(first.id) == first
    assert again.cleared(first.id) == cleared(first)
    assert again.decision(first.change.digest) == approval(first)
    assert again.outcomes("wf-1") == ends
    assert again.baseline(digest_of(b"tree")) == REPORT
    again.close()


def test_absent_things_are_none(store: SqliteStore) -> None:
    assert store.cleared("f" * 64) is None
    assert store.decision(digest_of(b"none")) is None
    assert store.baseline(digest_of(b"none")) is None
    assert store.outcomes("wf-1") == store.items("wf-1") == store.waiting() == ()


def test_one_report_and_one_file_are_kept_once(store: SqliteStore, tmp_path: Path) -> None:
    store.save_outcomes([landed(proposal(n)) for n in range(20)], workflow="wf-1")
    with sqlite3.connect(tmp_path / "state.db") as db:
        count = db.execute("SELECT count(*) FROM contents").fetchone()[0]
    db.close()
    assert count == 20 + 4, "twenty files after; one before, one new, one empty, one report for all"


def test_path_that_is_not_utf8(store: SqliteStore) -> None:
    odd = finding(5, path="src/caf\udce9.py")
    offer = proposal(5, of=odd)
    store.save_findings([odd], workflow="wf-1")
    store.save_proposals([offer], workflow="wf-1")
    assert store.finding(odd.fingerprint) == odd
    assert store.proposals_for(odd.fingerprint) == (offer,)
    assert store.items("wf-1")[0].path == "src/caf\udce9.py"


def test_newest_finding_wins(store: SqliteStore) -> None:
    store.save_workflow(run("wf-2"))
    store.save_findings([finding(1)], workflow="wf-1")
    moved = msgspec.structs.replace(finding(1), span=finding(40).span)
    store.save_findings([moved], workflow="wf-2")
    assert store.finding(finding(1).fingerprint) == moved
    store.save_findings([finding(1)], workflow="wf-2")
    assert store.finding(finding(1).fingerprint) == finding(1)


def test_later_decision_replaces(store: SqliteStore) -> None:
    change = proposal().change.digest
    no = Rejection(change, "bob", NOW, "not now")
    store.save_decision(no)
    assert store.decision(change) == no
    store.save_decision(approval(proposal()))
    assert store.decision(change) == approval(proposal())


def test_later_outcome_replaces(store: SqliteStore) -> None:
    item = proposal()
    store.save_outcomes([landed(item), dropped(finding(2))], workflow="wf-1")
    store.save_outcomes([rolled_back(item)], workflow="wf-1")
    assert store.outcomes("wf-1") == (rolled_back(item), dropped(finding(2)))


def test_proposals_for_newest_first(store: SqliteStore) -> None:
    ways = [proposal(1, alternative=n) for n in range(3)]
    store.save_proposals(ways, workflow="wf-1")
    assert store.proposals_for(ways[0].finding.fingerprint) == tuple(reversed(ways))
    assert store.proposals_for("nothing") == ()


@pytest.mark.parametrize("kind", ["run", "finding", "proposal"])
def test_ids_may_be_shortened_as_git_does(store: SqliteStore, kind: str) -> None:
    ids = ["abc1" + "0" * 60, "abc2" + "0" * 60, "b" * 64]
    look_up = {"run": store.workflow, "finding": store.finding, "proposal": store.proposal}[kind]
    if kind == "run":
        for key in ids:
            store.save_workflow(run(key))
    elif kind == "finding":
        store.save_findings([finding(n, fingerprint=key) for n, key in enumerate(ids)], workflow="wf-1")
    else:
        offers = [proposal(n) for n in range(40)]
        store.save_proposals(offers, workflow="wf-1")
        ids = sorted(offer.id for offer in offers)
    alone = ids[-1]
    shared = next(a[:2] for a, b in pairwise(ids) if a[:2] == b[:2])

    found = look_up(alone)
    unique = next(alone[:n] for n in range(1, 65) if sum(key.startswith(alone[:n]) for key in ids) == 1)
    assert look_up(unique) == found
    with pytest.raises(AmbiguousId) as ambiguous:
        look_up(shared)
    assert set(ambiguous.value.candidates) == {key[:8] for key in ids if key.startswith(shared)}
    assert all(name in str(ambiguous.value) for name in ambiguous.value.candidates)
    for nothing in ("", "zzz", "\udcff", "%", "ABC1", alone + "0"):
        with pytest.raises(UnknownId, match=f"no {kind} has an id") as unknown:
            look_up(nothing)
        assert unknown.value.exit_code is ExitCode.USAGE
        assert "`autonomous " in unknown.value.hint


def test_a_full_id_that_starts_another_is_meant(store: SqliteStore) -> None:
    store.save_workflow(run("wf-11"))
    assert store.workflow("wf-1").id == "wf-1"
    with pytest.raises(AmbiguousId):
        store.workflow("wf-")


def test_many_candidates_are_not_all_shown(store: SqliteStore) -> None:
    for n in range(30):
        store.save_workflow(run(f"wf-a{n:02}"))
    with pytest.raises(AmbiguousId) as caught:
        store.workflow("wf-a")
    assert len(caught.value.candidates) == 9
    assert caught.value.candidates[-1] == "..."


def test_a_run_must_be_saved_first(store: SqliteStore) -> None:
    for save in (
        lambda: store.save_findings([finding()], workflow="wf-9"),
        lambda: store.save_proposals([proposal()], workflow="wf-9"),
        lambda: store.save_cleared(cleared(proposal()), workflow="wf-9"),
        lambda: store.save_outcomes([dropped(finding())], workflow="wf-9"),
    ):
        with pytest.raises(UnknownId, match="wf-9"):
            save()


def test_a_transaction_holds_as_a_whole_or_not_at_all(store: SqliteStore) -> None:
    def two_then_trouble():
        yield dropped(finding(1))
        yield dropped(finding(2))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.save_outcomes(two_then_trouble(), workflow="wf-1")
    assert store.outcomes("wf-1") == ()
    store.save_outcomes([dropped(finding(1))], workflow="wf-1")
    assert len(store.outcomes("wf-1")) == 1


def test_waiting(store: SqliteStore) -> None:
    ask, auto, reject, no, over, gone = (proposal(n) for n in range(1, 7))
    for item, gate in ((ask, Gate.ASK), (auto, Gate.AUTO), (reject, Gate.REJECT)):
        store.save_cleared(cleared(item, gate), workflow="wf-1")
    for item in (no, over, gone):
        store.save_cleared(cleared(item), workflow="wf-1")
    store.save_decision(Rejection(no.change.digest, "alice", NOW))
    store.save_outcomes([dropped(over.finding, by=over), dropped(gone.finding)], workflow="wf-1")
    assert store.waiting() == (cleared(ask), cleared(auto, Gate.AUTO))
    store.save_decision(approval(ask))
    assert store.waiting() == (cleared(auto, Gate.AUTO),)


def test_cleared_again_waits_again(store: SqliteStore) -> None:
    item = proposal()
    store.save_workflow(run("wf-2"))
    store.save_cleared(cleared(item), workflow="wf-1")
    store.save_outcomes([dropped(item.finding, by=item)], workflow="wf-1")
    assert store.waiting() == ()
    store.save_cleared(cleared(item), workflow="wf-2")
    assert store.waiting() == store.waiting(workflow="wf-2") == (cleared(item),)
    assert store.waiting(workflow="wf-1") == ()


def test_waiting_in_two_runs_is_asked_once(store: SqliteStore) -> None:
    item = proposal()
    store.save_workflow(run("wf-2"))
    store.save_cleared(cleared(item, Gate.AUTO), workflow="wf-1")
    store.save_cleared(cleared(item), workflow="wf-2")
    assert store.waiting() == (cleared(item),)
    assert store.waiting(workflow="wf-1") == (cleared(item, Gate.AUTO),)
    assert store.cleared(item.id) == cleared(item), "the newest evidence"


def test_other_ways_stop_waiting_once_one_is_approved(store: SqliteStore) -> None:
    first, second = proposal(1), proposal(1, alternative=1)
    for item in (first, second):
        store.save_cleared(cleared(item), workflow="wf-1")
    assert len(store.waiting()) == 2
    store.save_decision(approval(first))
    assert store.waiting() == ()
    store.save_outcomes([rolled_back(first)], workflow="wf-1")
    assert store.waiting() == (cleared(second),), "the first way failed: the other one is open again"


def test_items_of_a_run(store: SqliteStore) -> None:
    names = [
        "found",
        "proposed",
        "waiting",
        "approved",
        "rejected",
        "refused",
        "landed",
        "rolled",
        "dropped",
        "vetoed",
    ]
    offers = {name: proposal(n) for n, name in enumerate(names, 1)}
    store.save_findings([offers[name].finding for name in names if name != "waiting"], workflow="wf-1")
    store.save_proposals([offers[name] for name in names if name not in {"found", "vetoed"}], workflow="wf-1")
    for name in ("waiting", "approved", "rejected", "refused"):
        store.save_cleared(cleared(offers[name]), workflow="wf-1")
    for name in ("approved", "landed", "rolled"):
        store.save_decision(approval(offers[name], "looks right"))
    for name in ("rejected", "refused"):
        store.save_decision(Rejection(offers[name].change.digest, "alice", NOW, "not ours"))
    store.save_outcomes(
        [
            dropped(offers["refused"].finding, by=offers["refused"], stage=StageName.APPROVER),
            landed(offers["landed"]),
            rolled_back(offers["rolled"]),
            dropped(offers["dropped"].finding, by=offers["dropped"]),
            dropped(offers["vetoed"].finding, stage=StageName.PROPOSER),
        ],
        workflow="wf-1",
    )
    items = {item.finding: item for item in store.items("wf-1")}
    assert len(items) == len(store.items("wf-1")) == len(names)
    got = {name: items[offers[name].finding.fingerprint] for name in names}
    assert {name: (item.stage, item.outcome, item.reason) for name, item in got.items()} == {
        "found": ("scanner", "found", ""),
        "proposed": ("proposer", "proposed", ""),
        "waiting": ("security_validator", "waiting", ""),
        "approved": ("approver", "approved", "looks right"),
        "rejected": ("approver", "rejected", "not ours"),
        "refused": ("approver", "rejected", "does not parse"),
        "landed": ("test_runner", "landed", ""),
        "rolled": ("test_runner", "rolled back", "broke t.py::test_a"),
        "dropped": ("validator", "dropped", "does not parse"),
        "vetoed": ("proposer", "dropped", "does not parse"),
    }
    assert got["landed"].commit == "e" * 40
    assert got["rolled"].commit == "d" * 40
    assert got["found"].title == "Command run through a shell"
    assert (got["landed"].title, got["landed"].proposal) == ("change 7", offers["landed"].id)
    assert (got["landed"].path, got["landed"].line, got["landed"].rule) == ("src/a.py", 7, "AUT101")


def test_items_show_one_of_several_open_ways(store: SqliteStore) -> None:
    ways = [proposal(1, alternative=n) for n in (1, 0, 2)]
    for item in ways:
        store.save_cleared(cleared(item), workflow="wf-1")
    assert [item.proposal for item in store.items("wf-1")] == [ways[1].id]
    store.save_decision(Rejection(ways[1].change.digest, "alice", NOW))
    assert [item.outcome for item in store.items("wf-1")] == ["rejected", "waiting"]
    store.save_outcomes([landed(ways[0])], workflow="wf-1")
    assert [item.outcome for item in store.items("wf-1")] == ["landed", "rejected"]


def test_items_of_a_finding_that_only_its_end_knows(store: SqliteStore) -> None:
    store.save_outcomes([dropped(finding(3))], workflow="wf-1")
    assert [(item.outcome, item.line) for item in store.items("wf-1")] == [("dropped", 3)]
