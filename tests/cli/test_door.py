"""Whatever leaves a command becomes a message in three parts and the right exit code."""

import errno
import json
import os
import subprocess
import sys

import pytest

from autonomous.cli.door import guarded, message
from autonomous.cli.render.json_facts import Fault
from autonomous.model.errors import AutonomousError, LimitReached, Refused, UsageError

REBASE = Refused(
    "a rebase is under way in this repository",
    detail="Changes would be made on top of a half-finished history.",
    hint="Finish it (git rebase --continue) or leave it (git rebase --abort), then run this again.\n"
    "Nothing was changed. `autonomous scan` works meanwhile.",
)
PIPED = (
    "import sys\n"
    "from autonomous.cli.door import guarded\n"
    "def talk():\n"
    "    for n in range(100_000):\n"
    "        sys.stdout.write(f'{n}\\n')\n"
    "    return 0\n"
    "sys.exit(guarded(talk, debug=False, json=False))\n"
)


def raising(error: BaseException):
    def run() -> int:
        raise error

    return run


def told(error: BaseException, capsys: pytest.CaptureFixture[str], **how: bool) -> tuple[int, str]:
    code = guarded(raising(error), **({"debug": False, "json": False} | how))
    return code, capsys.readouterr().err


def test_an_exit_code_goes_through(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(lambda: 4, debug=False, json=False) == 4
    assert capsys.readouterr() == ("", "")


def test_three_parts_and_the_exit_code_on_the_last_line() -> None:
    text = message(
        Fault(str(REBASE), REBASE.detail, REBASE.hint, 2),
        width=80,
        colour=False,
    )
    assert text == (
        "error: a rebase is under way in this repository\n"
        "   Changes would be made on top of a half-finished history.\n"
        "   Finish it (git rebase --continue) or leave it (git rebase --abort), then\n"
        "   run this again.\n"
        "   Nothing was changed. `autonomous scan` works meanwhile.                exit 2\n"
    )


def test_only_the_first_word_is_coloured() -> None:
    fault = Fault("error: twice", "", "next", 2)
    coloured = message(fault, width=80, colour=True)
    assert coloured.replace("\x1b[1;31merror:\x1b[0m", "error:", 1) == message(fault, width=80, colour=False)
    assert coloured.count("\x1b") == 2


def test_the_exit_code_gets_a_line_of_its_own_where_there_is_no_room() -> None:
    lines = message(Fault("x" * 72, "", "", 3), width=80, colour=False).splitlines()
    assert lines[1] == "exit 3".rjust(80)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (REBASE, 2, "error: a rebase is under way"),
        (UsageError("no such category: speed", hint="one of: security"), 2, "one of: security"),
        (LimitReached("changes", limit=200, hint="raise it"), 5, "limit reached: changes = 200"),
        (AutonomousError("odd"), 3, "error: odd"),
        (KeyboardInterrupt(), 130, "Nothing was lost; `autonomous status` shows"),
        (OSError(errno.ENOSPC, "No space left on device", "/x/state.db"), 3, "no space left on the disk"),
        (OSError(errno.EDQUOT, "quota"), 3, "no space left on the disk"),
        (PermissionError(errno.EACCES, "Permission denied", "/x/state.db"), 3, "/x/state.db"),
        (OSError(errno.EROFS, "Read-only file system", b"/x"), 3, "the file system is read-only"),
        (OSError(errno.EMFILE, "Too many open files"), 3, "ulimit -n"),
        (OSError(errno.EIO, "Input/output error", "/x"), 3, "the system says: Input/output error"),
        (OSError("strange"), 3, "the system says: strange"),
        (OSError(errno.EXDEV, "Cross-device link", "/a", None, "/b"), 3, "/a -> /b"),
        (MemoryError(), 3, "not enough memory"),
        (RecursionError(), 3, "nested too deeply"),
        (ValueError("bad"), 3, "ValueError: bad"),
    ],
    ids=lambda value: repr(value) if isinstance(value, BaseException) else None,
)
def test_every_error_has_words_and_a_code(
    error: BaseException, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    got, said = told(error, capsys)
    assert got == code
    assert said.startswith("error: ")
    assert words in " ".join(said.split())
    assert said.endswith(f"exit {code}\n")
    assert "Traceback" not in said


def test_nothing_hostile_reaches_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    _, said = told(UsageError("a\x1b[31mb", detail="c\u202ed", hint="e\x07f"), capsys, debug=True)
    assert not {"\x1b", "\u202e", "\x07"} & set(said)
    assert "a\\x1b[31mb" in said


def test_debug_prints_the_traceback_first(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = told(ValueError("bad"), capsys, debug=True)
    assert code == 3
    assert said.index("Traceback") < said.index("error: internal error")


def test_with_json_the_error_is_a_document_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(raising(REBASE), debug=False, json=True) == 2
    said = capsys.readouterr()
    got = json.loads(said.out)
    assert got["schema_version"] == 1
    assert got["error"]["what"] == "a rebase is under way in this repository"
    assert got["error"]["exit_code"] == 2
    assert said.err.startswith("error: a rebase is under way")


@pytest.mark.parametrize(
    ("env", "coloured"),
    [
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "", "NO_COLOR": ""}, False),
    ],
)
def test_colour_only_where_it_is_wanted(env: dict[str, str], coloured: bool) -> None:
    command = [sys.executable, "-m", "autonomous.cli.main", "scna"]
    clean = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    done = subprocess.run(command, capture_output=True, text=True, env=clean | env, cwd="/")
    assert ("\x1b[1;31merror:\x1b[0m" in done.stderr) is coloured


def test_a_reader_that_leaves_is_nobodys_error() -> None:
    talker = subprocess.Popen(
        [sys.executable, "-c", PIPED], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd="/"
    )
    assert talker.stdout is not None
    assert talker.stdout.readline() == "0\n"
    talker.stdout.close()
    assert talker.stderr is not None
    assert talker.stderr.read() == ""
    talker.stderr.close()
    assert talker.wait() == 141


def test_a_full_disk_is_told_when_the_output_cannot_be_written() -> None:
    script = PIPED.replace("100_000", "10")
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device, not a file
        done = subprocess.run(
            [sys.executable, "-c", script], stdout=full, stderr=subprocess.PIPE, text=True, cwd="/"
        )
    assert "there is no space left on the disk" in done.stderr
    assert "Exception ignored" not in done.stderr
    assert done.returncode == 3
