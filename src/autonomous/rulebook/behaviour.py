"""Runs `check()` of a case before and after its rewrite, in a process of its own, and compares what comes back."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS = 60.0

_RUNNER = """
import contextlib, io, json, os, sys

def outcome(source):
    names = {"__name__": "case", "__builtins__": __builtins__}
    try:
        exec(compile(source, "case.py", "exec"), names)
        return "returned", names["check"]()
    except BaseException as error:
        return "raised", type(error).__name__

def same(before, after):
    try:
        return bool(before == after)
    except Exception:
        return False

answers = []
given = json.load(sys.stdin)
real = sys.stdout
for before, after in given:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        one, other = outcome(before), outcome(after)
    answers.append("" if same(one, other) else "%s %r before, %s %r after" % (*one, *other))
json.dump(answers, real)
"""


class NoAnswer(Exception):
    """The process that ran the cases gave no answer: it crashed or ran too long."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The text of a case that defines `check()`, before and after."""

    before: str
    after: str


def differences(pairs: Sequence[Pair], *, seconds: float = SECONDS) -> tuple[str, ...]:
    """For each pair what differs, "" where both return equal values or raise the same type of exception.

    All pairs run in one `python -I` in an empty directory. Raises NoAnswer when it crashes or takes longer than `seconds`.
    """
    if not pairs:
        return ()
    with tempfile.TemporaryDirectory(prefix="autonomous-cases-") as folder:
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-W", "ignore", "-c", _RUNNER],
                input=json.dumps([(pair.before, pair.after) for pair in pairs]),
                cwd=Path(folder),
                capture_output=True,
                text=True,
                timeout=seconds,
                check=True,
            )
            answers: list[str] = json.loads(done.stdout)
        except (subprocess.SubprocessError, ValueError) as error:
            raise NoAnswer(str(error)) from error
    return tuple(answers)
