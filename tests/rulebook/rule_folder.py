"""Writes rule folders for tests, and applies a single rule to a text."""

from pathlib import Path

from autonomous.analysis.source import read_source
from autonomous.rulebook.book import Rulebook, load
from autonomous.rulebook.code import digest_of_code
from autonomous.rulebook.rewrite import Rewrite

HEAD = """
id = "AUT999"
title = "Test fault"
message = "found"
severity = "low"
confidence = 0.5
"""


def write_rule(root: Path, toml: str, *, name: str = "probe", category: str = "style", **files: str) -> Path:
    """Make a rule folder; keyword arguments are files (`fix_py`, `rule_py`, `readme_md`)."""
    folder = root / category / name
    folder.mkdir(parents=True)
    (folder / "rule.toml").write_text(toml if "id =" in toml else HEAD + toml, encoding="utf-8")
    for key, text in files.items():
        stem, _, end = key.rpartition("_")
        (folder / f"{stem}.{end}").write_text(text, encoding="utf-8")
    return folder


def book_of(root: Path, toml: str, **files: str) -> Rulebook:
    """Load one rule that trusts its own code."""
    folder = write_rule(root, toml, **files)
    return load([root], trusted=frozenset({digest_of_code(folder)}))


def fix(root: Path, toml: str, text: str, *, path: str = "src/app.py", **files: str) -> str:
    """Apply the preferred fix of every match of one rule."""
    book = book_of(root, toml, **files)
    return book.fix_all(text.encode(), path, rule="AUT999").decode()


def ways(book: Rulebook, text: str, *, path: str = "src/app.py") -> tuple[Rewrite, ...]:
    """Every rewrite of the first finding."""
    source = read_source(path, text.encode())
    return book.rewrites(source, book.find(source)[0])
