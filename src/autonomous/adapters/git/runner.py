"""The one door to git: an absolute program, fixed argument lists and an environment that we chose."""

import errno
import os
import subprocess
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from autonomous.model.errors import AutonomousError, Refused

if TYPE_CHECKING:
    from git.cmd import Git

_ENV = "/usr/bin/env"
_SILENT = "/bin/false"  # stands in for editors, pagers and askers: answers nothing

FIXED_ENVIRONMENT: Mapping[str, str] = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/nonexistent",
    "LC_ALL": "C.UTF-8",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_EDITOR": _SILENT,
    "GIT_SEQUENCE_EDITOR": _SILENT,
    "GIT_PAGER": "/bin/cat",
    "GIT_ASKPASS": _SILENT,
    "SSH_ASKPASS": _SILENT,
}

ALLOWED = frozenset({
    "read-tree", "ls-tree", "ls-files", "cat-file", "hash-object", "update-index", "write-tree",
    "commit-tree", "diff-tree", "rev-parse", "rev-list", "merge-base", "update-ref", "push",
})  # fmt: skip


class GitFailed(AutonomousError):
    """Git ended with a status that was not expected."""

    hint = "run `autonomous doctor`: it checks git and this repository"

    def __init__(self, args: Sequence[str], *, status: int, said: str) -> None:
        self.status, self.said, self.detail = status, said, said
        self.no_space = os.strerror(errno.ENOSPC) in said
        if self.no_space:
            self.hint = "free some space, then run this again; no ref was moved"
        what = f"git {args[0]} ended with status {status}"
        super().__init__("there is no space left on the disk" if self.no_space else what)


def locate_git(search_path: str, *, root: Path, usual: str = "/usr/bin") -> Path:
    """Return git's absolute path: the one in its usual place, or the first on the search path that is outside `root`.

    Raises Refused when there is none; relative entries of the search path are not looked at.
    """
    folders = [usual, *search_path.split(os.pathsep)]
    for folder in folders:
        candidate = Path(folder, "git")
        if not candidate.is_absolute() or not os.access(candidate, os.X_OK) or candidate.is_dir():
            continue
        program = candidate.resolve()
        if not program.is_relative_to(root.resolve()):
            return program
    raise Refused(
        "git is not installed", detail=search_path, hint="install git 2.30 or newer, then try again"
    )


class GitRunner:
    """Runs git in one git directory; `objects` is the object directory that is read and written."""

    def __init__(self, program: Path, *, git_dir: Path, objects: Path) -> None:
        self._program = program
        self._environment = {
            **FIXED_ENVIRONMENT,
            "GIT_DIR": str(git_dir),
            "GIT_OBJECT_DIRECTORY": str(objects),
        }

    def run(
        self,
        args: Sequence[str],
        *,
        stdin: bytes = b"",
        environment: Mapping[str, str] | None = None,
        options: Sequence[str] = (),
        accept: Collection[int] = (0,),
    ) -> bytes:
        """Run one plumbing command to its end and return what it printed.

        `options` are git's own, before the command. Raises GitFailed for a status not in `accept`.
        """
        return self.attempt(args, stdin=stdin, environment=environment, options=options, accept=accept)[1]

    def attempt(
        self,
        args: Sequence[str],
        *,
        stdin: bytes = b"",
        environment: Mapping[str, str] | None = None,
        options: Sequence[str] = (),
        accept: Collection[int] = (0,),
    ) -> tuple[int, bytes]:
        """Do as `run` does and return the status too."""
        line = self._line(args, environment=environment, options=options)
        with _input(stdin) as stream:
            answer = _door().execute(
                line,
                istream=stream,
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
                shell=False,
            )
        status, out, said = answer
        if status not in accept:
            raise GitFailed(args, status=status, said=said)
        return status, out

    def start(self, args: Sequence[str]) -> "Conversation":
        """Start a command that answers on its standard output what it is asked on its standard input."""
        line = self._line(args, environment=None, options=())
        return Conversation(_door().execute(line, istream=subprocess.PIPE, as_process=True, shell=False))

    def _line(
        self, args: Sequence[str], *, environment: Mapping[str, str] | None, options: Sequence[str]
    ) -> list[str]:
        if args[0] not in ALLOWED:
            raise ValueError(args[0])
        variables = {**self._environment, **(environment or {})}
        return [
            _ENV,
            "-i",
            *(f"{name}={value}" for name, value in variables.items()),
            str(self._program),
            *options,
            *args,
        ]


class Conversation:
    """A running command. When it has ended, questions are lost and answers are empty."""

    def __init__(self, process: "Git.AutoInterrupt") -> None:
        self._process = process

    def ask(self, line: bytes) -> None:
        """Send one line."""
        with suppress(BrokenPipeError):
            self._process.stdin.write(line)
            self._process.stdin.flush()

    def line(self) -> bytes:
        """Return the next line of the answer."""
        return bytes(self._process.stdout.readline())

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes of the answer."""
        return bytes(self._process.stdout.read(size))

    def end(self) -> int:
        """Wait for the end of the command, which it takes from the end of the questions; return its status."""
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        command = self._process.proc
        status = 0 if command is None else int(command.wait())
        self._process.stdout.close()
        self._process.stderr.close()
        return status


@contextmanager
def _input(data: bytes) -> Iterator[BinaryIO | None]:
    if not data:
        yield None
        return
    with tempfile.TemporaryFile() as stream:
        stream.write(data)
        stream.seek(0)
        yield cast("BinaryIO", stream)


def _door() -> "Git":
    """Return GitPython's command runner, working in the root directory.

    Importing GitPython runs `git version` with the caller's environment, unless it finds no git at all.
    """
    wanted = {"GIT_PYTHON_REFRESH": "quiet", "GIT_PYTHON_GIT_EXECUTABLE": "/nonexistent/git"}
    kept = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        from git.cmd import Git
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    return Git("/")
