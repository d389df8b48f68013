"""The example of docs/rules-howto.md is a rule that passes every test of a rule."""

import re
from pathlib import Path

import pytest

from autonomous.rulebook.book import Rulebook, load
from autonomous.rulebook.shelf import load_rules, shelf
from autonomous.rulebook.trial import try_rule

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules-howto.md"
EXAMPLE = re.compile(r"<!-- example: (?P<folder>\S+) -->(?P<text>.*?)<!-- end of example -->", re.DOTALL)
FILE = re.compile(r"`(?P<name>[\w./]+)`\n(?P<fence>`{3,4})\w+\n(?P<text>.*?)\n(?P=fence)\n", re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    example = EXAMPLE.search(PAGE.read_text(encoding="utf-8"))
    assert example is not None
    folder = tmp_path / example["folder"]
    for file in FILE.finditer(example["text"]):
        path = folder / file["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file["text"] + "\n", encoding="utf-8")
    return folder


def test_the_example_passes_every_test_of_a_rule(folder: Path) -> None:
    assert len(list(folder.glob("cases/*.py"))) == 4
    (rule,) = load_rules([folder])
    book = Rulebook((*load([shelf()]).rules, rule))
    assert try_rule(book, rule) == ()


def test_every_key_of_a_fix_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for key in ("safety", "replace", "call", "imports", "where", "unless", "title", "benefits", "risks"):
        assert f"`{key}`" in text
