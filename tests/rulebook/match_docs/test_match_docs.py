"""Every example of docs/match-language.md does what the page says."""

import re
from pathlib import Path

import msgspec
import pytest

from autonomous.analysis.source import read_source
from autonomous.rulebook.engine import Engine, Plan
from autonomous.rulebook.matching import compile_rule
from autonomous.rulebook.schema import Match

PAGE = Path(__file__).parents[3] / "docs" / "match-language.md"
EXAMPLE = re.compile(r"```toml\n(?P<toml>.*?)```\n```python\n(?P<code>.*?)```", re.DOTALL)
EXAMPLES = [
    pytest.param(
        found["toml"], found["code"], id=f"line {PAGE.read_text()[: found.start()].count(chr(10)) + 1}"
    )
    for found in EXAMPLE.finditer(PAGE.read_text())
]


def test_the_page_has_examples():
    assert len(EXAMPLES) > 40


@pytest.mark.parametrize(("toml", "code"), EXAMPLES)
def test_example(toml, code):
    match = msgspec.toml.decode(toml.encode(), type=Match)
    engine = Engine([Plan("AUT001", "example", compile_rule((match,)))])
    source = read_source("src/app.py", code.encode())
    wanted = [n for n, line in enumerate(code.split("\n"), 1) if line.endswith("# here")]
    assert [source.span(hit.at).line for _, hit in engine.hits(source)] == wanted
