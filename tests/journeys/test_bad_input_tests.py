"""Tests that are missing, hang, crash or fail already: no change is blamed for it, and the screen says untested."""

import json
import re

import pytest
from repositories import snapshot
from shops import Answer, Shop
from test_bad_input_git import moved

HANG = "import threading\n\n\ndef test_hang():\n    threading.Event().wait()\n"
CRASH = "import os\n\n\ndef test_crash():\n    os.abort()\n"
PATIENCE = {"AUTONOMOUS_LIMITS__TEST_SECONDS": "4"}  # a test must have begun by then, on a busy machine too
FAIL = "def test_fails():\n    assert 1 == 2\n\n\ndef test_passes():\n    assert 1\n"


def improved(kiosk: Shop, test: str, *args: str) -> Answer:
    if test:
        (kiosk.root / "tests").mkdir()
        (kiosk.root / "tests/test_till.py").write_text(test)
        kiosk.commit_all("tests")
    before = snapshot(kiosk.root)
    shop = Shop(kiosk.root, kiosk.environ | (PATIENCE if test == HANG else {}))
    answer = shop.run("improve", "src", "--rule", "not-in", "--auto-approve-safe", *args)
    assert moved(before, kiosk) == set()
    return answer


@pytest.mark.parametrize(
    ("test", "why"),
    [
        ("", "there are no test files and no pytest settings in this tree"),
        (HANG, "no end after 4 seconds; the last test that started is tests/test_till.py::test_hang"),
        (
            CRASH,
            "the run was ended by signal 6; the last test that started is tests/test_till.py::test_crash",
        ),
        ("import no_such_module\n", ""),
    ],
    ids=["none", "hang", "crash", "broken"],
)
def test_tests_that_say_nothing_blame_no_change(kiosk: Shop, test: str, why: str) -> None:
    answer = improved(kiosk, test)
    assert answer.code == 0, answer.err
    said = " ".join(re.sub(r"  +\d+\.\d s$", "", answer.err, flags=re.MULTILINE).split())
    assert "rolled back" not in said
    assert "2 changes on auto/improve-src" in said
    if why:
        assert said.count(f"untested: {why}") == 2, "before the changes, and with them"
        assert "2 changes on auto/improve-src, untested" in said
    else:
        assert "1 fail already (not blamed on any change)" in said
    assert kiosk.git("rev-list", "--count", "main..auto/improve-src") == "2"


def test_failures_from_before_are_not_blamed(kiosk: Shop) -> None:
    answer = improved(kiosk, FAIL, "--format", "json")
    assert answer.code == 0, answer.err
    run = json.loads(answer.out)
    assert [item["outcome"] for item in run["outcomes"]] == ["landed"] * 2
    assert (run["tests"]["passed"], run["tests"]["failed"]) == (1, 1)


def test_the_command_test_says_so_too(kiosk: Shop) -> None:
    none = kiosk.run("test")
    assert none.code == 3, none
    assert "there are no test files" in none.out
    assert "next: write some below tests/" in none.err
    (kiosk.root / "tests").mkdir()
    (kiosk.root / "tests/test_till.py").write_text(HANG)
    kiosk.commit_all("tests")
    hang = Shop(kiosk.root, kiosk.environ | PATIENCE).run("test")
    assert hang.code == 4, hang
    assert "timed out: no end after 4 seconds" in hang.out
    assert "raise `limits.test_seconds`" in hang.err
