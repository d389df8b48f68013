"""Repositories to travel through."""

import shutil
from pathlib import Path

import pytest
from shops import SHOP, Shop, environment


@pytest.fixture
def empty(tmp_path: Path) -> Shop:
    """A directory without anything in it."""
    root = tmp_path / "empty"
    root.mkdir()
    return Shop(root, environment(tmp_path))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """The shop as a repository with one commit."""
    root = tmp_path / "shop"
    shutil.copytree(SHOP, root, ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache"))
    made = Shop(root, environment(tmp_path))
    made.git("init", "-q", "-b", "main")
    made.commit_all("The shop as it is")
    return made
