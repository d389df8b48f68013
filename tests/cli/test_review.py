"""The prompt on a real pseudo-terminal: keys, the editor, the end of input, and the terminal afterwards."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cli_samples
import pytest

from autonomous.cli.editor import NotEdited, edited, editor_of
from autonomous.cli.keyboard import Keyboard
from autonomous.cli.review import Prompt, heading
from autonomous.model.errors import UsageError
from autonomous.ports.reviewer import Modify, No, Quit, Reviewer, Yes

SCRIPT = Path(__file__).with_name("asking.py")
ANSWER = re.compile(r"answer=(.*)\r\n")
PATIENCE = 20.0  # seconds until a terminal that says nothing is called dead


class Terminal:
    """The far end of the terminal that the prompt runs on."""

    def __init__(self, process: int, descriptor: int) -> None:
        self.process, self._descriptor = process, descriptor
        self.said, self._read = "", 0

    def send(self, keys: str) -> None:
        os.write(self._descriptor, keys.encode())

    def until(self, words: str) -> None:
        """Read until `words` appear after what was waited for before."""
        while (found := self.said.find(words, self._read)) < 0:
            piece = self._piece()
            assert piece, f"{words!r} never came; last: {self.said[-400:]!r}"
            self.said += piece
        self._read = found + len(words)

    def answer(self) -> str:
        """Read to the end and return what the script printed."""
        while piece := self._piece():
            self.said += piece
        found = ANSWER.search(self.said)
        assert found, self.said
        return found.group(1)

    def line_mode(self) -> bool:
        """Tell whether the terminal collects lines and shows what is typed, as a shell expects it."""
        flags = termios.tcgetattr(self._descriptor)[3]
        return bool(flags & termios.ICANON) and bool(flags & termios.ECHO)

    def _piece(self) -> str:
        if not select.select([self._descriptor], [], [], PATIENCE)[0]:
            return ""
        try:
            return os.read(self._descriptor, 65536).decode("utf-8", "replace")
        except OSError:  # the other end is closed
            return ""


@contextmanager
def asked(**env: str) -> Iterator[Terminal]:
    process, descriptor = pty.fork()
    if process == 0:
        kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
        wanted = kept | {"COLUMNS": "80", "TERM": "xterm"} | env
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a job in the background inherits "ignore"
        os.execve(sys.executable, [sys.executable, str(SCRIPT)], wanted)
    terminal = Terminal(process, descriptor)
    try:
        yield terminal
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(descriptor)


def answered(*keys: str, **env: str) -> str:
    """Press each of `keys` when the question stands there, and return the answer."""
    with asked(**env) as terminal:
        for pressed in keys:
            terminal.until("> ")
            terminal.send(pressed)
        return terminal.answer()


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("y", "Yes(reason='')"),
        ("Y", "Yes(reason='')"),
        ("r", "AllOfRule()"),
        ("s", "Skip()"),
        ("q", "Quit()"),
    ],
)
def test_one_key_is_an_answer(key: str, answer: str) -> None:
    assert answered(key) == answer


def test_no_keeps_the_reason() -> None:
    with asked() as terminal:
        terminal.until("> ")
        terminal.send("n")
        terminal.until("Why?")
        terminal.send("zu gefährlich \r")
        assert terminal.answer() == "No(reason='zu gefährlich')"


def test_leaving_at_the_reason_decides_nothing() -> None:
    with asked() as terminal:
        terminal.until("> ")
        terminal.send("n")
        terminal.until("Why?")
        terminal.send("\x04")
        assert terminal.answer() == "Quit()"


def test_another_way_only_where_there_is_one() -> None:
    assert answered("a", WAYS="2") == "Alternative()"
    with asked() as terminal:
        terminal.until("> ")
        terminal.send("a")
        terminal.until("there is no other way")
        terminal.until("> ")
        terminal.send("s")
        assert terminal.answer() == "Skip()"
        assert "another way (" not in terminal.said


@pytest.mark.parametrize(
    "other", ["x", "é", "漢", "\U0001f600", "\x1b[A", "\x1b", "\r", "\t", "\x7f"], ids=repr
)
def test_an_unknown_key_asks_again(other: str) -> None:
    assert answered(other, "s") == "Skip()"


def test_help_names_every_key() -> None:
    with asked(WAYS="2", RULE="AUT999") as terminal:
        terminal.until("> ")
        terminal.send("?")
        terminal.until("every other waiting change of AUT999")
        terminal.until("> ")
        terminal.send("q")
        assert terminal.answer() == "Quit()"


def test_the_end_of_input_leaves_everything_waiting() -> None:
    assert answered("\x04") == "Quit()"


def test_control_c_interrupts_and_puts_the_terminal_back() -> None:
    with asked(STAY="1") as terminal:
        terminal.until("> ")
        assert not terminal.line_mode()
        terminal.send("\x03")
        terminal.until("\ninterrupted")
        assert terminal.line_mode()


def test_after_an_answer_the_terminal_is_as_it_was() -> None:
    with asked(STAY="1") as terminal:
        terminal.until("> ")
        terminal.send("y")
        terminal.until("answer=")
        assert terminal.line_mode()


def test_what_was_typed_before_the_question_is_no_answer() -> None:
    with asked() as terminal:
        terminal.send("yyyy\r")
        terminal.until("yyyy")  # its echo: the terminal has it
        terminal.until("> ")
        terminal.send("s")
        assert terminal.answer() == "Skip()"


def test_the_screen_shows_the_change_and_its_evidence() -> None:
    with asked(WAYS="1") as terminal:
        terminal.until("> ")
        terminal.send("s")
        terminal.answer()
    plain = re.sub(r"\x1b\[[0-9;]*m", "", terminal.said).replace("\r\n", "\n")
    for words in (
        "[1 of 5] src/client.py:6  Command run through a shell  high · review · risk 0.18\n",
        "   @@ Client.archive · line 6 @@\n",
        ' -        subprocess.run(f"tar czf {name}.tgz .", shell=True)\n',
        ' +        subprocess.run(["tar", "czf", f"{name}.tgz", "."], check=True)\n',
        "   why       the shell would run whatever stands in `name`\n",
        "   evidence  finding gone · types ok · 4 tests run this line: pass\n",
        "   careful   check=True is new: a failing tar now raises CalledProcessError\n",
        "   unproved  format: no formatter is configured\n",
        " Apply?  y yes   n no   e edit   a another way (1)   r all of AUT101   s skip\n",
    ):
        assert words in plain
    assert max(map(len, plain.splitlines())) <= 80


def editor(folder: Path, body: str) -> str:
    script = folder / "my editor.py"
    script.write_text(f"import pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{body}\n")
    return f"'{sys.executable}' '{script}' -n"


def test_the_editor_gets_a_copy_and_its_result_is_the_answer(tmp_path: Path) -> None:
    body = (
        "assert path.name == 'client.py' and sys.argv[1] == '-n'\n"
        "assert oct(path.parent.stat().st_mode)[-3:] == '700'\n"
        "path.write_bytes(path.read_bytes().replace(b'check=True', b'check=False'))"
    )
    answer = answered("e", EDITOR=editor(tmp_path, body))
    assert answer.startswith("Modify(path='src/client.py', after=b'import subprocess")
    assert "check=False" in answer
    assert "check=True" not in answer


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("pass", "nothing was changed"),
        ("path.write_text('x'); sys.exit(3)", "ended with status 3"),
        ("path.unlink()", "No such file"),
    ],
)
def test_an_editor_that_gives_nothing_asks_again(tmp_path: Path, body: str, words: str) -> None:
    with asked(EDITOR=editor(tmp_path, body)) as terminal:
        terminal.until("> ")
        terminal.send("e")
        terminal.until(words)
        terminal.until("> ")
        terminal.send("s")
        assert terminal.answer() == "Skip()"


@pytest.mark.parametrize(("command", "words"), [("", "set EDITOR"), ("/no/such/editor", "No such file")])
def test_without_an_editor_the_question_stays(command: str, words: str) -> None:
    with asked(EDITOR=command) as terminal:
        terminal.until("> ")
        terminal.send("e")
        terminal.until(words)
        terminal.until("> ")
        terminal.send("s")
        assert terminal.answer() == "Skip()"


def test_control_c_in_the_editor_is_the_editors(tmp_path: Path) -> None:
    body = (
        "try:\n"
        "    print('editing now', flush=True)\n"
        "    sys.stdin.readline()\n"
        "except KeyboardInterrupt:\n"
        "    path.write_text('stopped')"
    )
    with asked(EDITOR=editor(tmp_path, body)) as terminal:
        terminal.until("> ")
        terminal.send("e")
        terminal.until("editing now")
        terminal.send("\x03")
        assert terminal.answer() == "Modify(path='src/client.py', after=b'stopped')"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("y\n", "Yes(reason='')"),
        ("\n\nn\nbecause\n", "No(reason='because')"),
        ("", "Quit()"),
        ("x\n", "Quit()"),
    ],
)
def test_without_a_terminal_a_line_is_an_answer(typed: str, answer: str) -> None:
    done = subprocess.run([sys.executable, str(SCRIPT)], input=typed, capture_output=True, text=True)
    assert done.stdout == f"answer={answer}\n"


def test_the_prompt_is_a_reviewer() -> None:
    screen, _ = cli_samples.screen()
    reviewer: Reviewer = Prompt(screen, Keyboard(sys.stdin), editor=())
    assert reviewer


def typing(tmp_path: Path, text: str, *, editor: tuple[str, ...] = ()) -> tuple[Prompt, object]:
    """A prompt that reads from a file: the way without a terminal, in this process."""
    lines = tmp_path / "typed"
    lines.write_text(text)
    screen, written = cli_samples.screen()
    return Prompt(screen, Keyboard(lines.open()), editor=editor), written


def test_answers_in_order(tmp_path: Path) -> None:
    prompt, written = typing(tmp_path, "?\na\ne\nx\n\ny\nn\nno need\n")
    item = cli_samples.cleared()
    assert prompt.ask(item, position=1, total=2, alternatives=()) == Yes()
    assert prompt.ask(item, position=2, total=2, alternatives=(item,)) == No("no need")
    assert prompt.ask(item, position=2, total=2, alternatives=()) == Quit()
    said = written.getvalue()
    assert "(no other way)" in said
    assert "x is none of the keys" in said
    assert "one of the keys, please" in said


def test_a_change_that_removes_a_file_cannot_be_edited(tmp_path: Path) -> None:
    item = cli_samples.cleared(cli_samples.proposal(after=None))
    prompt, written = typing(tmp_path, "e\ns\n", editor=("false",))
    prompt.ask(item, position=1, total=1, alternatives=())
    assert "only removes files" in written.getvalue()


def test_an_edit_in_this_process(tmp_path: Path) -> None:
    script = tmp_path / "edit.py"
    script.write_text("import sys; open(sys.argv[1], 'wb').write(b'new')")
    prompt, _ = typing(tmp_path, "e\n", editor=(sys.executable, str(script)))
    answer = prompt.ask(cli_samples.cleared(), position=1, total=1, alternatives=())
    assert answer == Modify("src/client.py", b"new")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ((), "there is no editor: set EDITOR"),
        (("/no/such/editor",), "/no/such/editor: No such file or directory"),
        (("true",), "nothing was changed"),
        (("false",), "false ended with status 1; nothing was taken from it"),
    ],
)
def test_why_nothing_was_edited(command: tuple[str, ...], words: str) -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(NotEdited, match=re.escape(words)):
        edited("src/a.py", b"x", editor=command)
    assert signal.getsignal(signal.SIGINT) is before


def test_hostile_text_is_shown_as_escapes(tmp_path: Path) -> None:
    before = b"a = 1  # \x1b]0;title\x07\n"
    after = "а = 1  # \u202e\n".encode()  # the letter is Cyrillic
    wanted = cli_samples.proposal(before=before, after=after, title="x\u200by", why="\x9b31m")
    prompt, written = typing(tmp_path, "s\n")
    prompt.ask(cli_samples.cleared(wanted), position=1, total=1, alternatives=())
    said = written.getvalue()
    assert not [char for char in said if char in "\x1b\x07\x9b\u202e\u200bа"]
    for words in ("\\x1b]0;title\\x07", "\\u0430 = 1  # \\u202e", "x\\u200by", "\\x9b31m"):
        assert words in said


def test_a_long_heading_goes_on_below() -> None:
    long = cli_samples.cleared(cli_samples.proposal(finding=cli_samples.finding(title="t" * 70)))
    lines = heading(long, position=1, total=1, width=80)
    assert [line.plain.strip() for line in lines[1:]] == ["high · review · risk 0.18"]
    assert lines[1].cell_len == 80


def test_which_editor(tmp_path: Path) -> None:
    assert editor_of({"VISUAL": "vim -n", "EDITOR": "ed"}) == ("vim", "-n")
    assert editor_of({"VISUAL": " ", "EDITOR": "'my ed' -w"}) == ("my ed", "-w")
    with pytest.raises(UsageError, match="EDITOR"):
        editor_of({"EDITOR": "vim '"})


def test_a_common_editor_where_none_is_named() -> None:
    found = editor_of({})
    assert all(Path(word).is_absolute() for word in found)
    assert len(found) <= 1
