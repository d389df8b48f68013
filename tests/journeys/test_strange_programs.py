"""A repository that brings programs and modules by the names of those that are used here: none of them is run."""

from pathlib import Path

import pytest
from shops import Shop

PROGRAMS = ("git", "ruff", "black", "bwrap", "mypy", "env")
MODULES = ("sitecustomize", "typing", "mypy", "libcst", "bandit", "conftest", "evil")


@pytest.fixture
def trap(kiosk: Shop, tmp_path: Path) -> tuple[Shop, Path]:
    """Return the repository, first on the search path, and the file that any of its code would leave behind."""
    mark = tmp_path / "it-ran"
    for name in PROGRAMS:
        (kiosk.root / name).write_text(f"#!/bin/sh\necho $0 >> {mark}\n")
        (kiosk.root / name).chmod(0o755)
    for name in MODULES:
        (kiosk.root / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').write(__name__)\n")
    (kiosk.root / "mypy.ini").write_text("[mypy]\nplugins = ./evil.py\npython_executable = ./env\n")
    (kiosk.root / "pyproject.toml").write_text("[tool.black]\nline-length = 80\n")
    kiosk.commit_all("a trap")
    path = f"{kiosk.root}:.:{kiosk.environ['PATH']}"
    return Shop(kiosk.root, kiosk.environ | {"PATH": path}), mark


def test_nothing_of_the_repository_runs_outside_of_the_sandbox(trap: tuple[Shop, Path]) -> None:
    shop, mark = trap
    answer = shop.run("improve", "src", "--rule", "not-in", "--auto-approve-safe")
    assert answer.code == 0, answer.err
    assert "2 changes on auto/improve-src" in answer.err
    assert shop.run("security-scan", "src").code == 0
    assert shop.run("doctor").code in {0, 1}
    assert not mark.exists(), mark.read_text()
