"""The whole line on a real repository: from a scan to a branch, and back."""

import json
import signal
import subprocess
import time
from pathlib import Path

from repositories import difference, snapshot
from shops import Shop

BRANCH = "auto/improve-src"
OURS = ("refs/heads/auto", "logs/refs/heads/auto", "objects")


def touched(before: dict, after: dict) -> set[str]:
    """Return what a person would call theirs and finds changed."""
    return {path for path in difference(before, after) if not any(f".git/{name}" in path for name in OURS)}


def waiting_ids(shop: Shop) -> list[str]:
    answer = json.loads(shop.run("approve", "--format", "json").out)
    return [item["proposal"]["id"] for item in answer["waiting"]]


def outcomes(answer: dict) -> dict[str, list[str]]:
    ends: dict[str, list[str]] = {}
    for item in answer["outcomes"]:
        ends.setdefault(item["outcome"], []).append(item["finding"]["name"])
    return ends


def test_safe_changes_land_on_a_branch_and_nothing_else_moves(shop: Shop) -> None:
    (shop.root / "notes.txt").write_text("half-finished")
    before = snapshot(shop.root)
    answer = shop.run("improve", "src", "--auto-approve-safe", "--format", "json")
    assert answer.code == 1, answer.err
    run = json.loads(answer.out)
    assert run["schema_version"] == 1
    landed = outcomes(run)["landed"]
    assert "not-in" in landed
    assert "rolled back" not in outcomes(run)
    assert touched(before, snapshot(shop.root)) == set()
    log = shop.git("log", "--format=%s%n%b", f"main..{BRANCH}")
    assert len(landed) == log.count("Autonomous-Proposal: ")
    for trailer in ("Finding", "Rule", "Approved-By: policy safe", "Evidence"):
        assert f"Autonomous-{trailer}" in log
    assert "not item.tags" not in shop.git("show", f"{BRANCH}:src/shop/basket.py")
    assert run["waiting"], "what is not safe waits for a person"


def test_a_change_that_breaks_a_test_is_found_and_rolled_back(shop: Shop) -> None:
    shop.run("improve", "src", "--rule", "none-comparison")
    ids = waiting_ids(shop)
    assert len(ids) == 2
    assert shop.run("approve", *ids, "--yes", "--reason", "both look right").code == 0
    answer = shop.run("implement", "--format", "json")
    assert answer.code == 4, answer.err
    ends = json.loads(answer.out)["outcomes"]
    assert sorted(item["outcome"] for item in ends) == ["landed", "rolled back"]
    culprit = next(item for item in ends if item["outcome"] == "rolled back")
    assert "wanted" in culprit["finding"]["symbol"]
    branch = json.loads(answer.out)["workflow"]["branch"]
    assert "if pattern == None" in shop.git("show", f"{branch}:src/shop/basket.py")
    assert "if discount is not None" in shop.git("show", f"{branch}:src/shop/basket.py")


def test_the_line_by_hand_with_shortened_ids(shop: Shop) -> None:
    scan = shop.run("scan", "src", "--rule", "not-in", "--format", "json")
    assert scan.code == 1
    finding = json.loads(scan.out)["findings"][0]
    proposed = shop.run("propose", finding["fingerprint"][:10], "--format", "json")
    assert proposed.code == 0, proposed.err
    proposal = json.loads(proposed.out)["proposals"][0]
    assert "+    if tag not in item.tags:" in proposal["edits"][0]["diff"]
    short = proposal["id"][:9]
    assert shop.run("implement", short).code == 2, "nobody approved it"
    validated = shop.run("validate", short, "--format", "json")
    assert validated.code == 0
    assert {check["verdict"] for check in json.loads(validated.out)["judgements"][0]["checks"]} <= {
        "pass",
        "warn",
        "unknown",
    }
    refused = shop.run("implement", short)
    assert refused.code == 2
    assert "not approved" in refused.err
    assert shop.run("approve", short).code == 1, "without a terminal nothing is approved"
    assert shop.run("approve", short, "--yes").code == 0
    assert shop.run("implement", short, "--dry-run").code == 0
    assert shop.git("branch", "--list", "auto/*") == ""
    assert shop.run("implement", short).code == 0
    assert "auto/implement" in shop.git("branch", "--list", "auto/*")
    again = shop.run("implement")
    assert again.code == 2
    assert "no approved change" in again.err


def test_what_moved_on_since_the_approval_is_refused(shop: Shop) -> None:
    shop.run("improve", "src", "--rule", "not-in")
    (waiting,) = waiting_ids(shop)
    shop.run("approve", waiting, "--yes")
    basket = shop.root / "src" / "shop" / "basket.py"
    basket.write_text(basket.read_text() + "\nMORE = 1\n")
    shop.commit_all("moved on")
    answer = shop.run("implement", waiting, "--format", "json")
    assert answer.code == 1
    assert "changed since approval" in json.loads(answer.out)["outcomes"][0]["reason"]
    assert shop.git("branch", "--list", "auto/*") == ""


def test_approved_changes_whose_files_moved_on_are_told(shop: Shop) -> None:
    shop.run("improve", "src", "--rule", "not-in")
    shop.run("approve", *waiting_ids(shop), "--yes")
    basket = shop.root / "src" / "shop" / "basket.py"
    basket.write_text(basket.read_text() + "\nMORE = 1\n")
    shop.commit_all("moved on")
    answer = shop.run("implement")
    assert answer.code == 2
    assert "Approved before, for files that have changed since: 1." in answer.err
    assert "autonomous improve" in answer.err


def test_a_dry_run_commits_nothing_and_shows_what_would_be_asked(shop: Shop) -> None:
    before = snapshot(shop.root)
    answer = shop.run("improve", "src", "--dry-run", "--auto-approve-safe")
    assert answer.code == 1
    assert "if tag not in item.tags" in answer.out
    assert touched(before, snapshot(shop.root)) == set()
    assert shop.git("branch", "--list", "auto/*") == ""


def test_undo_a_run_and_take_the_undo_back(shop: Shop) -> None:
    shop.run("improve", "src", "--auto-approve-safe", "--rule", "not-in")
    tip = shop.git("rev-parse", BRANCH)
    before = snapshot(shop.root)
    undone = shop.run("rollback")
    assert undone.code == 0, undone.err
    assert "is gone" in undone.out
    assert shop.git("branch", "--list", "auto/*") == ""
    assert shop.run("rollback").code == 2, "there is nothing left to undo"
    assert shop.run("rollback", "--undo").code == 0
    assert shop.git("rev-parse", BRANCH) == tip
    assert {p for p in touched(before, snapshot(shop.root)) if "refs/autonomous" not in p} == set()


def test_undo_one_change_of_a_run(shop: Shop) -> None:
    shop.run("improve", "src", "--auto-approve-safe")
    commits = shop.git("log", "--format=%H", f"main..{BRANCH}").split()
    assert len(commits) > 1
    subject = shop.git("log", "-1", "--format=%s", commits[-1])
    assert shop.run("rollback", "--commit", commits[-1][:10]).code == 0
    subjects = shop.git("log", "--format=%s", f"main..{BRANCH}").split("\n")
    assert len(subjects) == len(commits) - 1
    assert subject not in subjects
    assert shop.run("rollback", "--undo").code == 0
    assert shop.git("log", "--format=%H", f"main..{BRANCH}").split() == commits


def test_a_branch_that_somebody_went_on_with_is_not_removed(shop: Shop) -> None:
    shop.run("improve", "src", "--auto-approve-safe", "--rule", "not-in")
    shop.git("checkout", "-q", BRANCH)
    (shop.root / "more.txt").write_text("mine")
    shop.commit_all("mine")
    answer = shop.run("rollback")
    assert answer.code == 2
    assert "no longer where" in answer.err
    assert shop.git("log", "-1", "--format=%s") == "mine"


def test_back_to_a_checkpoint_byte_for_byte(shop: Shop) -> None:
    basket = shop.root / "src" / "shop" / "basket.py"
    basket.write_bytes(b"half = 'finished'\r\n")
    (shop.root / "new.txt").write_text("untracked")
    shop.git("add", "new.txt")
    assert shop.run("checkpoints", "create").code == 0
    before = snapshot(shop.root)
    made = json.loads(shop.run("checkpoints", "--format", "json").out)["checkpoints"][0]["id"]
    basket.write_text("lost")
    (shop.root / "new.txt").unlink()
    shop.git("add", "-A")
    answer = shop.run("rollback", "--checkpoint", made)
    assert answer.code == 0, answer.err
    changed = {path for path in touched(before, snapshot(shop.root)) if "/.git" not in path}
    assert changed == set()
    assert shop.git("diff", "--cached", "--name-only") == "new.txt"
    assert shop.run("rollback", "--undo").code == 0
    assert basket.read_text() == "lost"


def test_status_and_audit_tell_what_happened(shop: Shop) -> None:
    shop.run("improve", "src", "--auto-approve-safe")
    status = json.loads(shop.run("status", "--format", "json").out)["runs"]
    assert status[0]["workflow"]["command"] == "improve"
    states = {item["outcome"] for item in status[0]["items"]}
    assert {"landed", "waiting"} <= states
    workflow = status[0]["workflow"]["id"]
    assert workflow in shop.run("status", workflow[:6]).out
    audit = json.loads(shop.run("audit", "--workflow", workflow, "--format", "json").out)
    kinds = [record["event"]["kind"] for record in audit["records"]]
    assert kinds[0] == "run_started"
    assert kinds[-1] == "run_ended"
    assert {"proposal_generated", "validation_result", "approval_decision", "change_landed"} <= set(kinds)
    assert shop.run("audit", "--verify").code == 0


def test_a_changed_audit_record_is_named(shop: Shop) -> None:
    shop.run("improve", "src", "--auto-approve-safe", "--rule", "not-in")
    (log,) = Path(shop.environ["XDG_STATE_HOME"]).rglob("audit/*.jsonl")
    lines = log.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b'"actor":"', b'"actor":"m', 1)
    log.write_bytes(b"\n".join(lines))
    answer = shop.run("audit", "--verify", "--format", "json")
    assert answer.code == 3
    assert json.loads(answer.out)["faults"][0]["n"] == 3


def test_events_can_be_read_and_replayed(shop: Shop) -> None:
    events = shop.root.parent / "events.jsonl"
    shop.run("improve", "src", "--auto-approve-safe", "--rule", "not-in", "--events", str(events))
    messages = [json.loads(line) for line in events.read_text().splitlines()]
    assert [message["id"] for message in messages] == list(range(1, len(messages) + 1))
    assert {message["kind"] for message in messages} >= {
        "run_started", "scan_result", "proposal_generated", "validation_result", "approval_decision",
        "checkpoint_made", "change_implemented", "test_result", "change_landed", "run_ended",
    }  # fmt: skip
    assert len({message["workflow"] for message in messages}) == 1
    replayed = shop.run("status", "--replay", str(events))
    assert replayed.code == 0
    assert " baseline  18 tests pass, 1 fail already" in replayed.err
    events.write_text("{}\n")
    assert shop.run("status", "--replay", str(events)).code == 2


def test_a_killed_run_is_named_and_goes_on(shop: Shop) -> None:
    (shop.root / "tests" / "test_slow.py").write_text(
        "import threading\n\n\ndef test_slow():\n    threading.Event().wait(6)\n"
    )
    shop.commit_all("slow")
    process = shop.start("improve", "src", "--auto-approve-safe", "--rule", "not-in")
    state = Path(shop.environ["XDG_STATE_HOME"])
    wait_until(
        lambda: (
            any(b"approval_decision" in f.read_bytes() for f in state.rglob("audit/*.jsonl"))
            or baseline(state)
        )
    )
    process.send_signal(signal.SIGKILL)
    process.communicate()
    status = json.loads(shop.run("status", "--format", "json").out)["runs"][0]
    assert status["killed"]
    workflow = status["workflow"]["id"]
    assert f"--resume {workflow}" in shop.run("status").err
    answer = shop.run("improve", "--resume", workflow)
    assert answer.code == 0, answer.err
    assert "if tag not in item.tags" in shop.git("show", f"{BRANCH}:src/shop/basket.py")
    assert shop.run("audit", "--verify").code == 0


def baseline(state: Path) -> bool:
    """Tell whether the run has come to its tests: every validation is written by then."""
    return any(b"validation_result" in file.read_bytes() for file in state.rglob("audit/*.jsonl"))


def wait_until(ready, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < until
        subprocess.run(["sleep", "0.05"], check=True)


def test_two_at_once_one_at_a_time(shop: Shop) -> None:
    (shop.root / "tests" / "test_slow.py").write_text(
        "import threading\n\n\ndef test_slow():\n    threading.Event().wait(5)\n"
    )
    shop.commit_all("slow")
    first = shop.start("improve", "src", "--auto-approve-safe", "--rule", "not-in")
    wait_until(lambda: baseline(Path(shop.environ["XDG_STATE_HOME"])))
    second = shop.run("improve", "src", "--auto-approve-safe")
    assert second.code == 2
    assert "another run is at work" in second.err
    assert first.wait(timeout=60) == 0
    assert "if tag not in item.tags" in shop.git("show", f"{BRANCH}:src/shop/basket.py")


def test_push_brings_the_branch_to_the_remote(shop: Shop, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "remote.git")], check=True)
    shop.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    answer = shop.run("improve", "src", "--auto-approve-safe", "--rule", "not-in", "--push")
    assert answer.code == 0, answer.err
    heads = subprocess.run(
        ["git", "for-each-ref", "--format=%(refname)"],
        cwd=tmp_path / "remote.git",
        capture_output=True,
        text=True,
        check=True,
    )
    assert heads.stdout.split() == [f"refs/heads/{BRANCH}"]


def test_what_was_rolled_back_does_not_land_again_unasked(shop: Shop) -> None:
    shop.run("improve", "src", "--auto-approve-safe", "--rule", "not-in")
    assert shop.run("rollback").code == 0
    again = json.loads(
        shop.run("improve", "src", "--auto-approve-safe", "--rule", "not-in", "--format", "json").out
    )
    assert "landed" not in outcomes(again)
    assert "rolled back by" in again["outcomes"][0]["reason"]
    assert shop.git("branch", "--list", "auto/*") == ""


def test_a_stopped_run_says_so_and_leaves_nothing_behind(shop: Shop) -> None:
    (shop.root / "tests" / "test_slow.py").write_text(
        "import threading\n\n\ndef test_slow():\n    threading.Event().wait(60)\n"
    )
    shop.commit_all("slow")
    process = shop.start("improve", "src", "--auto-approve-safe", "--rule", "not-in")
    wait_until(lambda: baseline(Path(shop.environ["XDG_STATE_HOME"])))
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 5
    assert b"stopped by a signal" in err
    assert (
        json.loads(shop.run("status", "--format", "json").out)["runs"][0]["workflow"]["status"] == "stopped"
    )


def test_a_killed_implement_goes_on_and_lands_once(shop: Shop) -> None:
    (shop.root / "tests" / "test_slow.py").write_text(
        "import threading\n\n\ndef test_slow():\n    threading.Event().wait(3)\n"
    )
    shop.commit_all("slow")
    shop.run("improve", "src", "--rule", "not-in")
    (waiting,) = waiting_ids(shop)
    shop.run("approve", waiting, "--yes")
    process = shop.start("implement")
    log = Path(shop.environ["XDG_STATE_HOME"])
    wait_until(lambda: any(b"change_implemented" in file.read_bytes() for file in log.rglob("audit/*.jsonl")))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert "next: autonomous implement" in shop.run("status").err
    assert shop.run("implement").code == 0
    assert shop.git("branch", "--list", "auto/*").split() == ["auto/implement-basket"]
    assert shop.run("implement").code == 2, "there is nothing left to implement"


def test_the_rules_about_ignores_are_explained_too(shop: Shop) -> None:
    assert "silences nothing" in shop.run("rules", "AUT001").out


def test_what_waits_on_a_branch_is_not_mended_twice(shop: Shop) -> None:
    first = json.loads(
        shop.run("improve", "src", "--auto-approve-safe", "--rule", "not-in", "--format", "json").out
    )
    assert outcomes(first) == {"landed": ["not-in"]}
    again = json.loads(
        shop.run("improve", "src", "--auto-approve-safe", "--rule", "not-in", "--format", "json").out
    )
    assert [item["reason"] for item in again["outcomes"]] == [
        f"mended already on {BRANCH}, which is not merged yet"
    ]
    assert shop.git("branch", "--list", "auto/*").split() == [BRANCH]
    shop.git("branch", "-D", BRANCH)
    third = json.loads(
        shop.run("improve", "src", "--auto-approve-safe", "--rule", "not-in", "--format", "json").out
    )
    assert outcomes(third) == {"landed": ["not-in"]}


def test_a_lock_that_a_killed_run_left_on_our_branch_is_no_obstacle(shop: Shop) -> None:
    for name in ("heads/auto/improve-src.lock", "autonomous/undone/wf-1.lock"):
        lock = shop.root / ".git" / "refs" / name
        lock.parent.mkdir(parents=True)
        lock.touch()
    answer = shop.run("improve", "src", "--auto-approve-safe", "--rule", "not-in")
    assert answer.code == 0, answer.err
    assert shop.git("branch", "--list", "auto/*").split() == [BRANCH]
    assert not list((shop.root / ".git" / "refs").rglob("*.lock"))
