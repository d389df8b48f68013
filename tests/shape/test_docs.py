"""The documentation holds: generated pages are what the program makes now, and links lead somewhere."""

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
WRITTEN = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
FENCED = re.compile(r"^(`{3,}).*?^\1", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    """What the generator makes, asked of it in a process of its own as `make docs` does."""
    code = "import sys, json; sys.path.insert(0, 'docs'); import build; print(json.dumps(build.pages()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_generated_pages_are_of_today(generated: dict[str, str]) -> None:
    stale = [name for name, text in generated.items() if _text(DOCS / name) != text]
    assert not stale, "run `make docs`"


def test_no_generated_page_is_left_of_what_is_gone(generated: dict[str, str]) -> None:
    there = {
        str(path.relative_to(DOCS)) for kind in ("rules/*.md", "schemas/*.json") for path in DOCS.glob(kind)
    }
    assert there <= set(generated), "run `make docs`"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def links(text: str) -> list[str]:
    """The targets of the links of a page, without those that only stand in code."""
    return LINK.findall(SPAN.sub("", FENCED.sub("", text)))


def anchors(text: str) -> set[str]:
    """The names by which the headings of a page can be linked to."""
    words = (heading.lower().replace("`", "") for heading in HEADING.findall(FENCED.sub("", text)))
    return {re.sub(r"[^\w\- ]", "", heading).strip().replace(" ", "-") for heading in words}


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in links(page.read_text(encoding="utf-8")):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / unquote(name) if name else page
        if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            broken.append(link)
    assert not broken


def test_a_broken_link_is_seen() -> None:
    assert links("[a](b.md) `[c](d.md)`\n```md\n[e](f.md)\n```\n![g](h.svg)") == ["b.md", "h.svg"]
    assert anchors("# Two `words`, here\n```sh\n# no heading\n```\n") == {"two-words-here"}
