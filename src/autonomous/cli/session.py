"""What every command opens first: the workspace of its targets, and consoles for data and for words."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from autonomous.cli.options import Format
from autonomous.workspace import Workspace

if TYPE_CHECKING:
    from rich.console import Console

    from autonomous.cli.render.json_types import AnyDocument
    from autonomous.ports.reviewer import Reviewer


@contextmanager
def opened(targets: Sequence[str] = (), *, flags: Mapping[str, object] | None = None) -> Iterator[Workspace]:
    """Open the workspace that the first target lies in, or that of the current directory."""
    first = next((target for target in targets if target != "-"), ".")
    start = Path(first) if os.path.lexists(first) else Path.cwd()
    with Workspace(start, environ=os.environ, flags=flags) as space:
        yield space


def screens() -> "tuple[Console, Console]":
    """Return the console for data (stdout) and the one for words (stderr)."""
    from autonomous.cli.render.console import console

    return console(sys.stdout), console(sys.stderr)


def answer(document: "AnyDocument") -> None:
    """Print a document to stdout."""
    from autonomous.cli.render.json import document as spelled

    sys.stdout.write(spelled(document))


def wants_json(form: Format) -> bool:
    """Tell whether the answer is for a program."""
    return form is Format.JSON


def interactive() -> bool:
    """Tell whether a person can be asked: stdin and stderr are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def reviewer() -> "Reviewer":
    """Return the prompt that asks the person at this terminal."""
    from autonomous.cli.editor import editor_of
    from autonomous.cli.keyboard import Keyboard
    from autonomous.cli.review import Prompt

    return Prompt(screens()[1], Keyboard(sys.stdin), editor=editor_of(os.environ))
