"""Where state and caches live, and that one run at a time holds the lock."""

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autonomous.locations import cache_directory, lock, repository_id, state_directory
from autonomous.model.errors import ExitCode, Refused


@pytest.fixture
def common(tmp_path: Path) -> Path:
    made = tmp_path / "My Project" / ".git"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path / "home")}


def test_state_is_private_and_below_home(common: Path, environ: dict[str, str], tmp_path: Path) -> None:
    state = state_directory(common, environ)
    assert state == tmp_path / "home/.local/state/autonomous" / repository_id(common)
    assert state.name.startswith("my-project-")
    assert len(state.name) == len("my-project-") + 16
    for each in (state, state.parent):
        assert each.stat().st_mode & 0o777 == 0o700
    assert state_directory(common, environ) == state
    assert cache_directory(common, environ) == tmp_path / "home/.cache/autonomous" / state.name


def test_xdg_directories_win_when_absolute(common: Path, environ: dict[str, str], tmp_path: Path) -> None:
    there = tmp_path / "there"
    both = {"XDG_STATE_HOME": str(there), "XDG_CACHE_HOME": str(there / "c")}
    assert state_directory(common, both).parent == there / "autonomous"
    assert cache_directory(common, both).parent == there / "c" / "autonomous"
    relative = environ | {"XDG_STATE_HOME": "there"}
    assert state_directory(common, relative).is_relative_to(tmp_path / "home")


def test_id_follows_the_real_path(common: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(common.parent)
    assert repository_id(tmp_path / "link" / ".git") == repository_id(common)
    other = tmp_path / "other" / "My Project" / ".git"
    other.mkdir(parents=True)
    assert repository_id(other) != repository_id(common)
    assert repository_id(tmp_path / "bare.git").startswith("bare-")
    assert repository_id(tmp_path / "日本" / ".git").startswith("repository-")
    assert len(repository_id(tmp_path / ("x" * 200) / ".git")) == 40 + 1 + 16


def test_note_names_the_repository(common: Path, environ: dict[str, str]) -> None:
    note = state_directory(common, environ) / "repository.json"
    assert json.loads(note.read_text())["common_dir"] == str(common)
    stamp = note.stat().st_mtime_ns, note.stat().st_ino
    state_directory(common, environ)
    assert (note.stat().st_mtime_ns, note.stat().st_ino) == stamp, "written once"
    note.write_bytes(b"{}\n")
    state_directory(common, environ)
    assert json.loads(note.read_text())["common_dir"] == str(common)


def test_path_that_is_not_utf8(tmp_path: Path, environ: dict[str, str]) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9/.git"))
    odd.mkdir(parents=True)
    note = state_directory(odd, environ) / "repository.json"
    assert json.loads(note.read_text())["common_dir"] == str(odd)


def test_not_inside_the_repository(common: Path, environ: dict[str, str], tmp_path: Path) -> None:
    root = tmp_path / "linked"
    (tmp_path / "sly").symlink_to(common.parent)
    for inside in (common.parent / "x", common / "autonomous", tmp_path / "sly" / "x", root / "x"):
        with pytest.raises(Refused, match="inside the repository") as caught:
            state_directory(common, environ | {"XDG_STATE_HOME": str(inside)}, root=root)
        assert caught.value.exit_code is ExitCode.REFUSED
        assert "XDG_STATE_HOME" in caught.value.hint
        assert not inside.exists()
    with pytest.raises(Refused, match="inside the repository"):
        cache_directory(common, environ | {"XDG_CACHE_HOME": str(common)})
    bare = tmp_path / "bare.git"
    with pytest.raises(Refused, match="inside the repository"):
        state_directory(bare, environ | {"XDG_STATE_HOME": str(bare / "state")})


@pytest.mark.parametrize("level", ["autonomous", "own"])
def test_no_symbolic_link(common: Path, environ: dict[str, str], tmp_path: Path, level: str) -> None:
    state = tmp_path / "state"
    target = tmp_path / "elsewhere"
    target.mkdir()
    place = state / "autonomous" if level == "autonomous" else state / "autonomous" / repository_id(common)
    place.parent.mkdir(parents=True)
    place.symlink_to(target)
    with pytest.raises(Refused, match="is a symbolic link") as caught:
        state_directory(common, environ | {"XDG_STATE_HOME": str(state)})
    assert caught.value.detail == str(place)
    assert not list(target.iterdir())


def test_open_permissions_are_closed(common: Path, environ: dict[str, str]) -> None:
    state = state_directory(common, environ)
    state.chmod(0o755)
    state_directory(common, environ)
    assert state.stat().st_mode & 0o777 == 0o700


OTHER_USER = """
import os, sys
from pathlib import Path
from autonomous.locations import state_directory
from autonomous.model.errors import Refused
if os.geteuid() == 0:
    os.setresuid(65534, 65534, 65534)
try:
    state_directory(Path(sys.argv[1]), {"XDG_STATE_HOME": sys.argv[2]})
except Refused as error:
    print(error, "|", error.detail, "|", error.hint)
"""


def test_not_somebody_elses(common: Path, tmp_path: Path) -> None:
    """Run by root, the child gives its rights up; run by anybody else, `/` stands for a foreign directory."""
    if os.geteuid() == 0:
        import tempfile

        with tempfile.TemporaryDirectory(dir="/tmp") as base:
            Path(base).chmod(0o755)
            home = Path(base)
            (home / "autonomous").mkdir(mode=0o777)
            (home / "autonomous").chmod(0o777)
            said = as_nobody(Path("/nonexistent/x/.git"), home)
        assert "belongs to user 0" in said
    else:
        said = as_nobody(common, Path("/"))
        assert "have no place" in said


def as_nobody(common: Path, home: Path) -> str:
    line = [sys.executable, "-c", OTHER_USER, str(common), str(home)]
    return subprocess.run(line, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("environ", [{}, {"HOME": ""}, {"HOME": "relative"}])
def test_no_home(common: Path, environ: dict[str, str]) -> None:
    with pytest.raises(Refused, match="no home directory"):
        state_directory(common, environ)


def test_no_place(common: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="have no place: Not a directory") as caught:
        state_directory(common, {"XDG_STATE_HOME": str(tmp_path / "file" / "x")})
    assert "XDG_STATE_HOME" in caught.value.hint


def test_note_that_cannot_be_written(common: Path, environ: dict[str, str]) -> None:
    state = state_directory(common, environ)
    (state / "repository.json").unlink()
    (state / "repository.json").mkdir()
    with pytest.raises(Refused, match="cannot be written") as caught:
        state_directory(common, environ)
    assert caught.value.detail.endswith("repository.json")


HOLDER = """
import os, sys
from pathlib import Path
from autonomous.locations import lock
with lock(Path(sys.argv[1])):
    os.write(1, b"held\\n")
    sys.stdin.read()
"""


def hold(state: Path) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-c", HOLDER, str(state)]
    process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"held\n"
    return process


def test_one_run_at_a_time(tmp_path: Path) -> None:
    process = hold(tmp_path)
    with pytest.raises(Refused, match="another run is at work in this repository") as caught, lock(tmp_path):
        pytest.fail("two runs hold the lock")
    assert caught.value.detail == f"process {process.pid}"
    process.communicate()
    with lock(tmp_path):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"
    assert (tmp_path / "lock").read_text() == ""


def test_lock_of_a_killed_run_is_free(tmp_path: Path) -> None:
    process = hold(tmp_path)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with lock(tmp_path):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"


def test_lock_within_one_process(tmp_path: Path) -> None:
    with lock(tmp_path), pytest.raises(Refused), lock(tmp_path):
        pytest.fail("held twice")
    with pytest.raises(KeyError), lock(tmp_path):
        raise KeyError
    with lock(tmp_path):
        pass


def test_holder_without_a_note(tmp_path: Path) -> None:
    with lock(tmp_path):
        (tmp_path / "lock").write_text("\x1b[31m")
        with pytest.raises(Refused) as caught, lock(tmp_path):
            pytest.fail("held twice")
    assert caught.value.detail == ""


def test_lock_on_a_full_disk(tmp_path: Path) -> None:
    script = HOLDER.replace(
        "os.write(1,", "print((Path(sys.argv[1]) / 'lock').read_text() == '', flush=True); os.write(1,"
    )
    line = [sys.executable, "-c", script, str(tmp_path)]

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    done = subprocess.run(line, input=b"", stdout=subprocess.PIPE, check=True, preexec_fn=no_room)
    assert done.stdout == b"True\nheld\n"


def test_lock_without_a_directory(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be opened") as caught, lock(tmp_path / "gone"):
        pytest.fail("nothing to lock")
    assert caught.value.detail == str(tmp_path / "gone" / "lock")
