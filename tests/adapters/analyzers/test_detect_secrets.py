"""detect-secrets, the real one, on bytes."""

import socket
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autonomous.adapters.analyzers.detect_secrets import DetectSecrets
from autonomous.model.kinds import Severity
from autonomous.ports.analyzer import AnalysisFailed

KEY = b"AKIA" + b"QWERTYUIOPASDFGH"
CODE = b'import os\n\naws = "' + KEY + b'"\nname = "alice"\n'


@pytest.fixture
def secrets(tmp_path: Path) -> DetectSecrets:
    return DetectSecrets(tmp_path / "scratch")


def test_what_it_reports(secrets: DetectSecrets) -> None:
    (found,) = secrets.issues("src/a.py", CODE)
    assert (found.tool, found.code, found.path, found.span.line) == (
        "detect-secrets",
        "AWS Access Key",
        "src/a.py",
        3,
    )
    assert found.severity is Severity.HIGH


def test_the_secret_itself_is_nowhere_in_the_report(secrets: DetectSecrets, tmp_path: Path) -> None:
    (found,) = secrets.issues("src/a.py", CODE)
    assert KEY.decode() not in repr(found)
    assert list((tmp_path / "scratch").iterdir()) == []


def test_keys_tell_secrets_and_not_lines_apart(secrets: DetectSecrets) -> None:
    here, moved = secrets.issues("a.py", CODE), secrets.issues("a.py", b"\n\n" + CODE)
    other = secrets.issues("a.py", CODE.replace(b"QWERTY", b"YTREWQ"))
    assert [issue.key for issue in here] == [issue.key for issue in moved]
    assert {issue.key for issue in here}.isdisjoint(issue.key for issue in other)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (b'password = "xK9#mQ2$vL7p"', 1),
        (b'password = os.environ["PASSWORD"]', 0),
        (b'password = "${PASSWORD}"', 0),
        (b'password = "xK9#mQ2$vL7p"  # pragma: allowlist secret', 0),
        (b"-----BEGIN RSA PRIVATE KEY-----", 1),
        (b"x = 1", 0),
    ],
)
def test_lines(secrets: DetectSecrets, line: bytes, found: int) -> None:
    assert len(secrets.issues("a.py", line + b"\n")) == found


def test_bytes_that_are_no_text_do_not_hide_a_secret(secrets: DetectSecrets) -> None:
    assert len(secrets.issues("a.py", b"# \xff\xfe\n" + CODE)) == 1


def test_other_users_of_the_library_keep_their_settings(secrets: DetectSecrets) -> None:
    from detect_secrets.settings import get_settings, transient_settings

    with transient_settings({"plugins_used": [{"name": "AWSKeyDetector"}]}):
        secrets.issues("a.py", CODE)
        assert list(get_settings().plugins) == ["AWSKeyDetector"]


def test_large_files_are_refused(secrets: DetectSecrets) -> None:
    with pytest.raises(AnalysisFailed, match="larger than"):
        secrets.issues("a.py", b"x = 1\n" * 200_000)


def test_nobody_is_asked_whether_a_secret_works(
    secrets: DetectSecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Any attempt to reach the network would have to go through this proxy, which counts who comes.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        for name in ("HTTP_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{listener.getsockname()[1]}")
        secrets.issues("a.py", CODE + b'token = "ghp_' + b"a1B2" * 9 + b'"\n')
        with pytest.raises(BlockingIOError):
            listener.accept()


ALLOWED = b"# pragma: allowlist nextline secret\n"
SECRET = b'password = "xK9#mQ2$vL7p"\n'
HARMLESS = b"x = 1\n"


@given(
    versions=st.lists(
        st.lists(st.sampled_from([ALLOWED, SECRET, HARMLESS, b"\n"]), max_size=7), min_size=1, max_size=4
    )
)
@settings(max_examples=40, deadline=None)
def test_what_is_remembered_changes_nothing(versions: list[list[bytes]]) -> None:
    with TemporaryDirectory() as scratch:
        remembering = DetectSecrets(Path(scratch))
        for version in versions:
            found = remembering.issues("a.py", b"".join(version))
            above = [b"", *version]
            alone = [n for n, line in enumerate(version, 1) if line == SECRET and above[n - 1] != ALLOWED]
            assert [issue.span.line for issue in found] == alone


def test_other_files_than_python_are_read_whole(secrets: DetectSecrets) -> None:
    (found,) = secrets.issues("settings.yaml", b"a: 1\nkey: " + KEY + b"\n")
    assert (found.code, found.span.line) == ("AWS Access Key", 2)
