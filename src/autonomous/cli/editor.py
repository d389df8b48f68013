"""A person's own editor on a copy of a changed file."""

import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from autonomous.model.errors import UsageError

_KNOWN = ("sensible-editor", "editor", "nano", "vi")  # what Debian and others have when nothing is set


def editor_of(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the command of the editor from VISUAL or EDITOR, else a common one, empty when there is none.

    Raises UsageError when the variable's quotes do not match.
    """
    for name in ("VISUAL", "EDITOR"):
        value = environ.get(name, "")
        try:
            words = tuple(shlex.split(value))
        except ValueError as error:
            hint = f"set {name} to a command, such as {name}='vim -n'"
            raise UsageError(f"${name} is no command: {error}", detail=value, hint=hint) from error
        if words:
            return words
    return next(((found,) for name in _KNOWN if (found := shutil.which(name))), ())


class NotEdited(Exception):
    """The editor gave nothing back; the message says why."""


def edited(path: str, data: bytes, *, editor: tuple[str, ...]) -> bytes:
    """Return what the editor made of a copy of `data`, under the file's own name in a private directory.

    Raises NotEdited when there is no editor, it cannot be started or fails, or nothing changed.
    """
    if not editor:
        raise NotEdited("there is no editor: set EDITOR")
    with tempfile.TemporaryDirectory(prefix="autonomous-") as folder:
        copy = Path(folder) / PurePosixPath(path).name
        copy.write_bytes(data)
        # Ctrl-C belongs to the editor while it has the terminal. A handler of ours, other than "ignore",
        # is not passed on to it.
        before = signal.signal(signal.SIGINT, lambda *_: None)
        try:
            ended = subprocess.run([*editor, str(copy)], check=False)
            after = copy.read_bytes()
        except OSError as error:
            raise NotEdited(f"{editor[0]}: {error.strerror}") from error
        finally:
            signal.signal(signal.SIGINT, before)
    if ended.returncode != 0:
        raise NotEdited(f"{editor[0]} ended with status {ended.returncode}; nothing was taken from it")
    if after == data:
        raise NotEdited("nothing was changed")
    return after
