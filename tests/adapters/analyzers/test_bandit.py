"""Bandit, the real one, on bytes."""

from pathlib import Path

import pytest

from autonomous.adapters.analyzers.bandit import Bandit
from autonomous.model.kinds import Severity
from autonomous.ports.analyzer import AnalysisFailed

SHELL = b"import subprocess\n\n\ndef run(command):\n    subprocess.run(command, shell=True)\n"


@pytest.fixture
def bandit(tmp_path: Path) -> Bandit:
    return Bandit(tmp_path / "scratch")


def test_what_it_reports(bandit: Bandit) -> None:
    found = {issue.code: issue for issue in bandit.issues("src/a.py", SHELL)}
    assert found.keys() == {"B404", "B602"}
    shell = found["B602"]
    assert (shell.tool, shell.path, shell.severity, shell.confidence, shell.cwe) == (
        "bandit",
        "src/a.py",
        Severity.HIGH,
        0.9,
        (78,),
    )
    assert (shell.span.line, shell.span.column) == (5, 5)
    assert found["B404"].severity is Severity.LOW


def test_keys_hold_no_line_and_tell_severities_apart(bandit: Bandit) -> None:
    moved = {issue.key for issue in bandit.issues("a.py", b"# one more line\n" + SHELL)}
    assert moved == {issue.key for issue in bandit.issues("a.py", SHELL)}
    milder = bandit.issues("a.py", SHELL.replace(b"run(command, ", b"run('ls', "))
    assert {issue.key for issue in milder if issue.code == "B602"}.isdisjoint(moved)


def test_nosec_is_honoured(bandit: Bandit) -> None:
    quiet = SHELL.replace(b"shell=True)", b"shell=True)  # nosec B602")
    assert [issue.code for issue in bandit.issues("a.py", quiet)] == ["B404"]


def test_one_file_does_not_leak_into_the_next(bandit: Bandit, tmp_path: Path) -> None:
    bandit.issues("a.py", SHELL)
    assert bandit.issues("b.py", b"x = 1\n") == ()
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_configuration_in_the_working_directory_is_not_read(
    bandit: Bandit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".bandit").write_text("[bandit]\nskips = B602\n")
    (tmp_path / "pyproject.toml").write_text('[tool.bandit]\nskips = ["B602"]\n')
    monkeypatch.chdir(tmp_path)
    assert "B602" in {issue.code for issue in bandit.issues("a.py", SHELL)}


def test_only_python_is_read(bandit: Bandit) -> None:
    assert bandit.issues("a.sh", b"def (") == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"def f(:\n", "syntax error"),
        (b"x = 1\n" * 200_000, "larger than 1,000,000 bytes"),
        (b"-" * 60_000 + b"1", ""),
    ],
)
def test_what_it_cannot_judge_has_a_reason(bandit: Bandit, data: bytes, reason: str) -> None:
    with pytest.raises(AnalysisFailed) as caught:
        bandit.issues("a.py", data)
    assert reason in caught.value.reason
    assert str(caught.value).startswith("bandit could not judge a.py: ")
    assert bandit.issues("a.py", b"x = 1\n") == ()


def test_it_says_nothing_on_standard_error(bandit: Bandit, capfd: pytest.CaptureFixture[str]) -> None:
    bandit.issues("a.py", b"x = 1  # nosec B999\n")
    with pytest.raises(AnalysisFailed):
        bandit.issues("a.py", b"(" * 5000)
    assert capfd.readouterr() == ("", "")
