"""A person's whole review on a real terminal: every key, and what became of it on the branch and in the store."""

import json
import re
import sys
from pathlib import Path

from repositories import snapshot
from shops import Shop
from terminals import Terminal, at_terminal
from test_bad_input_git import moved

QUESTION = "? help"
BRANCH = "auto/improve-src"

EDIT = """
import sys
from pathlib import Path
path = Path(sys.argv[1])
path.write_text(path.read_text().replace("not in item.tags", "not in set(item.tags)"))
"""


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*[A-Za-z]|\r", "", text)


class Sitting:
    """Goes from question to question, each recognised by the place that it asks about."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def asked(self, place: str) -> str:
        """Wait for the next question, which must be about `place`, and return its screen."""
        screen = plain(self._terminal.until(QUESTION))
        assert f"] {place}  " in screen, screen
        return screen

    def answer(self, place: str, *keys: str) -> str:
        """Press a key, and after a `?` or a wrong one the next, when the question stands there again."""
        screen = self.asked(place)
        for number, key in enumerate(keys):
            if number:
                screen = plain(self._terminal.until(QUESTION))
            self._terminal.type(key)
        return screen

    def refuse(self, place: str, reason: str) -> None:
        self.asked(place)
        self._terminal.type("n")
        self._terminal.until("Why?")
        self._terminal.type(f"{reason}\r")


def review(terminal: Terminal) -> None:
    sitting = Sitting(terminal)
    sitting.refuse("src/shop/backup.py:11", "the shell is meant here")
    help_screen = sitting.answer("src/shop/orders.py:24", "?", "s")
    assert "do not apply it; the reason that you give is kept" in help_screen
    assert "x is none of the keys" in sitting.answer("src/shop/backup.py:29", "x", "s")
    assert "there is no other way to fix this" in sitting.answer("src/shop/backup.py:36", "a", "s")
    sitting.answer("src/shop/basket.py:7", "s")
    sitting.refuse("src/shop/formula.py:8", "")
    sitting.answer("src/shop/orders.py:25", "s")
    sitting.answer("src/shop/backup.py:17", "y")
    second_way = sitting.answer("src/shop/backup.py:24", "a", "y")
    assert "sha256" in second_way
    assert "r all of AUT303" in sitting.answer("src/shop/basket.py:26", "r")
    again = sitting.answer("src/shop/basket.py:40", "e", "y")
    assert "not in set(item.tags)" in again
    sitting.answer("src/shop/basket.py:47", "q")


def test_every_key_once(shop: Shop, warm: Path, tmp_path: Path) -> None:
    script = tmp_path / "editor.py"
    script.write_text(EDIT)
    shop = Shop(shop.root, shop.environ | {"XDG_CACHE_HOME": str(warm)})
    before = snapshot(shop.root)
    with at_terminal(shop, "improve", "src", EDITOR=f"{sys.executable} {script}") as terminal:
        review(terminal)
        code = terminal.end()
        assert terminal.shows_what_is_typed()
    end = " ".join(plain(terminal.said).split())
    assert code == 4, end[-2000:]
    assert "culprit" in end
    assert "breaks 1 test: tests/test_basket.py::" in end
    assert f"4 changes on {BRANCH} · your files, index and branch are as they were" in end
    assert moved(before, shop) == set()
    assert_on_the_branch(shop)
    assert_in_the_store(shop)


def assert_on_the_branch(shop: Shop) -> None:
    log = shop.git("log", "--format=%b", f"main..{BRANCH}")
    rules = re.findall(r"Autonomous-Rule: (AUT\d+)", log)
    assert sorted(rules) == ["AUT102", "AUT105", "AUT303", "AUT304"]
    assert "policy" not in log
    basket = shop.git("show", f"{BRANCH}:src/shop/basket.py")
    assert "if tag not in set(item.tags):" in basket, "the person's own version"
    assert "if discount is not None:" in basket
    assert "if pattern == None:" in basket, "the tests blamed this one"
    backup = shop.git("show", f"{BRANCH}:src/shop/backup.py")
    assert "hashlib.sha256(" in backup, "the second way"
    assert "shell=True, check=True" in backup, "refused"


def assert_in_the_store(shop: Shop) -> None:
    (run,) = json.loads(shop.run("status", "--format", "json").out)["runs"]
    outcomes = {(item["rule"], item["line"]): item["outcome"] for item in run["items"]}
    assert outcomes["AUT101", 11] == outcomes["AUT109", 8] == "rejected"
    assert outcomes["AUT303", 33] == "rolled back"
    assert outcomes["AUT303", 26] == outcomes["AUT304", 40] == outcomes["AUT105", 24] == "landed"
    waiting = {key for key, outcome in outcomes.items() if outcome == "waiting"}
    assert {("AUT307", 24), ("AUT404", 47), ("AUT406", 52)} <= waiting
    records = json.loads(shop.run("audit", "--format", "json").out)["records"]
    said = [
        (r["event"]["facts"]["verdict"], r["event"]["why"])
        for r in records
        if r["event"]["kind"] == "approval_decision"
    ]
    assert said == [
        ("refused", "the shell is meant here"),
        ("refused", ""),
        ("approved", ""),
        ("approved", ""),
        ("approved", "all of the rule"),
        ("approved", "all of the rule"),
        ("approved", ""),
    ]
    assert "landed 4, rolled back 1, rejected 2" in " ".join(shop.run("status").out.split())
    left = json.loads(shop.run("approve", "--format", "json").out)["waiting"]
    assert {item["proposal"]["finding"]["rule"] for item in left} >= {"AUT307", "AUT404", "AUT406"}
    assert not {item["proposal"]["finding"]["rule"] for item in left} & {
        "AUT101",
        "AUT102",
        "AUT105",
        "AUT109",
    }
