"""Ctrl-C at a question, inside a reason and while tests run: what was decided is kept, nothing goes on behind."""

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

from repositories import snapshot
from shops import Shop
from terminals import CONTROL_C, Terminal, at_terminal
from test_bad_input_git import moved

QUESTION = "? help"


def last_run(shop: Shop) -> dict:
    return json.loads(shop.run("status", "--format", "json").out)["runs"][0]


def assert_left_in_order(shop: Shop, terminal: Terminal, before: dict) -> None:
    assert terminal.end() == 130
    assert terminal.shows_what_is_typed()
    plain = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", terminal.said)
    assert "error: interrupted" in plain
    assert "autonomous status" in plain
    assert "Traceback" not in plain
    assert moved(before, shop) == set()
    assert shop.git("branch", "--list", "auto/*") == ""


def test_control_c_at_the_first_question(kiosk: Shop) -> None:
    before = snapshot(kiosk.root)
    with at_terminal(kiosk, "improve", "src") as terminal:
        terminal.until(QUESTION)
        terminal.type(CONTROL_C)
        assert_left_in_order(kiosk, terminal, before)
    run = last_run(kiosk)
    assert run["workflow"]["status"] == "stopped"
    assert [item["outcome"] for item in run["items"]] == ["waiting"] * 4
    assert f"autonomous improve --resume {run['workflow']['id']}" in kiosk.run("status").err


def test_control_c_inside_the_reason_keeps_the_answers_before(kiosk: Shop) -> None:
    before = snapshot(kiosk.root)
    with at_terminal(kiosk, "improve", "src", "--rule", "not-in") as terminal:
        terminal.until(QUESTION)
        terminal.type("y")
        terminal.until(QUESTION)
        terminal.type("n")
        terminal.until("Why?")
        terminal.type("because")
        terminal.until("because")
        terminal.type(CONTROL_C)
        assert_left_in_order(kiosk, terminal, before)
    run = last_run(kiosk)
    assert sorted(item["outcome"] for item in run["items"]) == ["approved", "waiting"]
    resumed = kiosk.run("improve", "--resume", run["workflow"]["id"])
    assert resumed.code == 1, resumed.err
    assert "wanted not in items" in kiosk.git("show", "auto/improve-src:src/till.py")
    assert "not items is others" in kiosk.git("show", "auto/improve-src:src/till.py")
    assert kiosk.run("audit", "--verify").code == 0


def test_control_c_in_a_review_of_what_waits(kiosk: Shop) -> None:
    kiosk.run("improve", "src", "--rule", "not-in")
    before = snapshot(kiosk.root)
    with at_terminal(kiosk, "approve") as terminal:
        terminal.until(QUESTION)
        terminal.type("y")
        terminal.until(QUESTION)
        terminal.type(CONTROL_C)
        assert_left_in_order(kiosk, terminal, before)
    assert kiosk.run("approve").code == 1, "one still waits"
    assert kiosk.run("implement").code == 0
    assert "wanted not in items" in kiosk.git("show", "auto/implement-till:src/till.py")


def processes_of(shop: Shop) -> list[str]:
    """Return the command lines that name the repository or our directories for it."""
    needle, found = os.fsencode(shop.root.parent), []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = place.read_bytes()
        except OSError:  # ended meanwhile
            continue
        if needle in line:
            found.append(line.replace(b"\0", b" ").decode("utf-8", "replace"))
    return found


def wait_until(ready) -> None:
    until = time.monotonic() + 60
    while not ready():
        assert time.monotonic() < until
        subprocess.run(["sleep", "0.05"], check=True)


def test_control_c_while_tests_run_leaves_no_process_behind(kiosk: Shop) -> None:
    (kiosk.root / "tests").mkdir()
    (kiosk.root / "tests/test_slow.py").write_text(
        "import subprocess, sys, threading\n\n\ndef test_slow():\n"
        "    daemon = [sys.executable, '-c', 'import signal; signal.pause()', __file__]\n"
        "    subprocess.Popen(daemon, start_new_session=True)\n"
        "    threading.Event().wait()\n"
    )
    kiosk.commit_all("slow")
    before = snapshot(kiosk.root)
    with at_terminal(kiosk, "improve", "src", "--rule", "not-in", "--auto-approve-safe") as terminal:
        terminal.until("baseline")
        wait_until(lambda: any("signal.pause" in line for line in processes_of(kiosk)))
        terminal.type(CONTROL_C)
        assert_left_in_order(kiosk, terminal, before)
    assert processes_of(kiosk) == []
    assert last_run(kiosk)["workflow"]["status"] == "stopped"


def test_a_polite_end_while_a_question_stands_there(kiosk: Shop) -> None:
    with at_terminal(kiosk, "improve", "src", "--rule", "not-in") as terminal:
        terminal.until(QUESTION)
        os.kill(terminal.process, signal.SIGTERM)
        assert terminal.end() == 5
        assert terminal.shows_what_is_typed()
    assert last_run(kiosk)["workflow"]["status"] == "stopped"
