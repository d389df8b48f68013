"""Workbenches that are closed after the test."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from workbench import Workbench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Callable[[Mapping[str, bytes | str]], Workbench]]:
    """Make a workbench around a repository with these files."""
    with ExitStack() as closing:

        def make(files: Mapping[str, bytes | str]) -> Workbench:
            made = Workbench(tmp_path, files)
            closing.callback(made.closing.close)
            return made

        yield make
