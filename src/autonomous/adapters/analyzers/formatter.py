"""The project's own formatter, ruff or black: a file that was formatted stays formatted."""

import os
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.finding import Span
from autonomous.model.issue import Analysis, Issue
from autonomous.model.kinds import Severity
from autonomous.ports.files import Files, FileUnreadable

_RUFF_FILES: Final = ("ruff.toml", ".ruff.toml")
_CHECK: Final = {
    "ruff": ("format", "--check", "--no-cache", "--quiet", "--stdin-filename"),
    "black": ("--check", "--quiet", "--stdin-filename"),
}
_UNFORMATTED: Final = 1


class Formatter:
    """Runs the formatter that the project configures on the text before and after, in a folder of its own.

    The program is searched in the folders of `search` (as in PATH), never in the repository. Only the
    files that configure it are copied beside the text; neither ruff nor black runs code from them.
    """

    name = "format"

    def __init__(self, scratch: Path, *, search: str, seconds: float = 10.0) -> None:
        self._scratch, self._seconds = scratch, seconds
        # A relative folder, or an empty one, would be searched in the repository.
        self._search = os.pathsep.join(
            folder for folder in search.split(os.pathsep) if Path(folder).is_absolute()
        )

    def prepare(self, changes: Sequence[ChangeSet], files: Files) -> None:
        """Nothing is alike here: each change is judged by itself."""

    def compare(self, change: ChangeSet, files: Files) -> Analysis:
        """Return one issue per file that was formatted and is not any more; unknown without the program."""
        new: list[Issue] = []
        for edit in change.edits:
            configs = dict(_configs(edit.path, files))
            tool = _tool(configs)
            if not edit.path.endswith(".py") or not tool or edit.after is None:
                continue
            program = shutil.which(tool, path=self._search)
            if program is None:
                return Analysis(unknown=f"the project uses {tool}, which is not installed here")
            try:
                new += self._unformatted(program, tool, edit, configs)
            except (subprocess.SubprocessError, OSError) as error:
                return Analysis(unknown=f"{tool} gave up: {error}")
        return Analysis(new=tuple(new))

    def _unformatted(
        self, program: str, tool: str, edit: FileEdit, configs: dict[str, bytes]
    ) -> Iterator[Issue]:
        self._scratch.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self._scratch) as folder:
            for path, data in configs.items():
                target = Path(folder, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            place = Path(folder, edit.path)
            place.parent.mkdir(parents=True, exist_ok=True)
            command = [program, *_CHECK[tool], str(place), "-"]
            was = edit.before is None or self._formatted(command, edit.before, folder)
            if was and not self._formatted(command, edit.after or b"", folder):
                words = f"{tool} would format it differently: run `{tool} {_CHECK[tool][0].strip('-')}` afterwards"
                yield Issue(
                    tool, "", words, edit.path, Span(1, 1, 1, 1), Severity.INFO, key=f"{tool} {edit.path}"
                )

    def _formatted(self, command: list[str], text: bytes, folder: str) -> bool:
        done = subprocess.run(
            command,
            input=text,
            cwd=folder,
            env={"HOME": folder, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            timeout=self._seconds,
            check=False,
        )
        if done.returncode not in {0, _UNFORMATTED}:
            message = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise OSError(message[0] if message else f"exit code {done.returncode}")
        return done.returncode == 0


def _configs(path: str, files: Files) -> Iterator[tuple[str, bytes]]:
    """Yield the configuration files on the way from the root to the file's folder."""
    for folder in reversed(PurePosixPath(path).parents):
        for name in (*_RUFF_FILES, "pyproject.toml"):
            place = str(folder / name)
            if files.exists(place):
                try:
                    yield place, files.read(place)
                except FileUnreadable:
                    continue


def _tool(configs: dict[str, bytes]) -> str:
    """Return "ruff", "black" or, for a project that configures neither, nothing; the innermost file wins."""
    for path, data in reversed(configs.items()):
        if PurePosixPath(path).name in _RUFF_FILES:
            return "ruff"
        try:
            tools = tomllib.loads(data.decode("utf-8", "replace")).get("tool", {})
        except tomllib.TOMLDecodeError:
            continue
        for tool in ("black", "ruff"):
            if isinstance(tools, dict) and tool in tools:
                return tool
    return ""
