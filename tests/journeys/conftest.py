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


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache directory for all tests of a session: what was probed and type-checked once is not again."""
    return tmp_path_factory.mktemp("cache")


TILL = """\
def lacks(items, wanted):
    return not wanted in items


def same(items, others):
    return not items is others


def is_free(price):
    return price == None


def first(items):
    return sorted(items)[0]
"""


@pytest.fixture
def kiosk(tmp_path: Path, warm: Path) -> Shop:
    """One file with two safe findings and two for a person, and no tests."""
    root = tmp_path / "kiosk"
    (root / "src").mkdir(parents=True)
    (root / "src" / "till.py").write_text(TILL)
    made = Shop(root, environment(tmp_path) | {"XDG_CACHE_HOME": str(warm)})
    made.git("init", "-q", "-b", "main")
    made.commit_all("The kiosk as it is")
    return made
