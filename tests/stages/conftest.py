"""Workbenches that are closed after the test."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from workbench import Workbench, workbenches


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Callable[[Mapping[str, bytes | str]], Workbench]]:
    """Make a workbench around a repository with these files."""
    with workbenches(tmp_path) as make:
        yield make
