"""A log in a fresh directory."""

from pathlib import Path

import pytest
from audit_bench import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "audit")
