"""A system that gives no more: full disks, a state directory that cannot be written, an output nobody reads."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from repositories import snapshot
from shops import Answer, Shop
from telling import CODES, assert_told
from test_bad_input_files import bound_by_rights
from test_bad_input_git import moved

PROGRAM = (sys.executable, "-m", "autonomous.cli.main")
SAFE = ("improve", "src", "--rule", "not-in", "--auto-approve-safe")

_SMALL = 'size=$1; shift; while [ "$1" != -- ]; do mount -t tmpfs -o size=$size tmpfs "$1"; shift; done; shift; exec "$@"'

_BARELY = """
mount -t tmpfs -o size=700k tmpfs "$1" && cp -a "$2/." "$1" && cd "$1" || exit 99
left=$3; shift 3
dd if=/dev/zero of=fill bs=4k 2>/dev/null; truncate -s -$left fill
all() { find . -path ./.git/objects -prune -o -type f -print0 | sort -z | xargs -0 sha256sum; }
before=$(all); "$@"; code=$?
[ "$before" = "$(all)" ] && git fsck >/dev/null 2>&1 && echo "unchanged and sound"
truncate -s -200k fill; git update-ref -d refs/heads/gone && "$@" >/dev/null 2>&1 && echo "the next run succeeds"
exit $code
"""


@cache
def can_mount() -> bool:
    """Tell whether this machine makes namespaces in which a small disk can be mounted."""
    attempt = ["unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(attempt, capture_output=True).returncode == 0


def in_namespace(shop: Shop, script: str, *args: str) -> Answer:
    done = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", script, "sh", *args],
        cwd=shop.root,
        env=shop.environ,
        capture_output=True,
        text=True,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def with_small_disks(shop: Shop, size: int) -> Answer:
    """Run the program with `size` bytes for its state, its cache and its scratch."""
    scratch = shop.root.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    own = Shop(shop.root, shop.environ | {"TMPDIR": str(scratch)})
    places = (shop.environ["XDG_STATE_HOME"], shop.environ["XDG_CACHE_HOME"], str(scratch), "/dev/shm")
    if can_mount():
        return in_namespace(own, _SMALL, str(size), *places, "--", *PROGRAM, *SAFE)
    done = subprocess.run(
        [*PROGRAM, *SAFE],
        cwd=own.root,
        env=own.environ,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    return Answer(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("size", [8_192, 65_536, 200_000])
def test_no_space_for_state_cache_and_scratch(kiosk: Shop, size: int) -> None:
    before = snapshot(kiosk.root)
    answer = with_small_disks(kiosk, size)
    assert_told(answer, code=3)
    said = " ".join(answer.err.split())
    assert any(words in said for words in ("no space left", "No space left", "disk is full", "too large"))
    assert "free some space" in said.lower() or "size limit" in said or not can_mount()
    assert moved(before, kiosk) == set()
    assert kiosk.git("branch", "--list", "auto/*") == ""
    assert kiosk.run(*SAFE).code == 0, "with space again it works, without any help"


@pytest.mark.parametrize("left", ["0", "8k", "24k"])
def test_no_space_in_the_repository(kiosk: Shop, left: str, tmp_path: Path) -> None:
    """Blobs, trees, commits or the ref cannot be written any more: nothing has landed."""
    kiosk.git("branch", "gone")
    if not can_mount():
        limited(kiosk)
        return
    original = tmp_path / "original"
    kiosk.root.rename(original)
    kiosk.root.mkdir()
    script_args = (str(kiosk.root), str(original), left, *PROGRAM, *SAFE)
    answer = in_namespace(Shop(tmp_path, kiosk.environ), _BARELY, *script_args)
    assert answer.code == 3, answer
    said = " ".join(answer.err.split())
    assert "there is no space left on the disk" in said
    assert "free some space" in said.lower()
    assert "unchanged and sound" in answer.out, answer
    assert "the next run succeeds" in answer.out, answer


def limited(shop: Shop) -> None:
    """Where no small disk can be made: no process may write a file larger than a few bytes."""
    before = snapshot(shop.root)
    answer = with_small_disks(shop, 16)
    assert answer.code == 3
    assert moved(before, shop) == set()


@pytest.fixture
def read_only(kiosk: Shop) -> Shop:
    state = Path(kiosk.environ["XDG_STATE_HOME"])
    state.chmod(0o555)
    yield kiosk
    state.chmod(0o755)


def test_a_state_directory_that_cannot_be_written(read_only: Shop) -> None:
    before = snapshot(read_only.root)
    scan = bound_by_rights(read_only, "scan", "src", "--rule", "not-in")
    assert scan.returncode == 1
    assert "2 findings" in scan.stdout
    assert "these findings cannot be named in `propose` later" in scan.stderr
    for command in (SAFE, ("status",), ("checkpoints", "create")):
        done = bound_by_rights(read_only, *command)
        answer = Answer(done.returncode, done.stdout, done.stderr)
        place = read_only.environ["XDG_STATE_HOME"]
        assert_told(answer, "the program's own files have no place: Permission denied", place, code=2)
    assert moved(before, read_only) == set()


# --- nobody reads -----------------------------------------------------------------------------------------------


def started(shop: Shop, *args: str, stdout: int) -> tuple[int, str]:
    done = subprocess.run(
        [*PROGRAM, *args], cwd=shop.root, env=shop.environ, stdout=stdout, stderr=subprocess.PIPE, text=True
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("command", [("scan", "src"), ("scan", "src", "--format", "json"), ("rules",)])
def test_a_reader_that_left(kiosk: Shop, command: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    code, said = started(kiosk, *command, stdout=writer)
    os.close(writer)
    assert code == 141
    assert "Traceback" not in said
    assert "Exception ignored" not in said


def test_a_reader_that_takes_the_first_line_alone(kiosk: Shop) -> None:
    line = f"{' '.join(PROGRAM)} scan src | head -1; echo ${{PIPESTATUS[0]}} >&2"
    done = subprocess.run(
        ["bash", "-c", line], cwd=kiosk.root, env=kiosk.environ, capture_output=True, text=True
    )
    assert done.stdout == "\n"
    assert "Traceback" not in done.stderr
    assert int(done.stderr.split()[-1]) in {1, 141}, "it had written all, or was told that nobody reads"


@pytest.mark.parametrize(
    "command", [("scan", "src"), ("scan", "src", "--format", "json"), ("status", "wf-zz", "--format", "json")]
)
def test_an_output_on_a_full_disk(kiosk: Shop, command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        code, said = started(kiosk, *command, stdout=full.fileno())
    assert code in CODES - {0, 1}
    assert "error: " in said
    assert "Exception ignored" not in said


def closed(number: int) -> Callable[[], None]:
    return lambda: os.close(number)


def test_nobody_reads_the_error_and_the_exit_code_still_tells(kiosk: Shop) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([*PROGRAM, "status", "wf-zz"], cwd=kiosk.root, env=kiosk.environ, stderr=writer)
    os.close(writer)
    assert done.returncode == 2


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_standard_stream_that_was_never_opened(kiosk: Shop, number: int) -> None:
    done = subprocess.run(
        [*PROGRAM, "scan", "src"], cwd=kiosk.root, env=kiosk.environ, preexec_fn=closed(number), timeout=60
    )
    assert done.returncode == 1
