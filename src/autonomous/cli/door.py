"""The one door for errors: whatever leaves a command becomes three parts, an exit code, and no traceback."""

import errno
import os
import shutil
import signal
import sys
import textwrap
import traceback
from collections.abc import Callable
from contextlib import suppress

from autonomous.cli.render.escape import visible
from autonomous.cli.render.json_facts import Fault
from autonomous.model.errors import AutonomousError, ExitCode, Stopped

PIPE_CLOSED = 141  # 128 + SIGPIPE, what a shell reports for a reader that went away
_WIDEST = 80
_AGAIN = "What was finished is kept; then run the same command again."


def guarded(run: Callable[[], int], *, debug: bool, json: bool) -> int:
    """Call `run` and return its exit code, or say what went wrong and return the code for that.

    With `debug` the traceback comes first; with `json` the error is a document on stdout as well.
    """
    signal.signal(signal.SIGTERM, _stopped)
    try:
        code = run()
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up_unread()
        return PIPE_CLOSED
    except KeyboardInterrupt as stop:
        return _tell(stop, debug=debug, json=json)
    except Exception as error:  # noqa: BLE001 - the one broad handler: nothing may leave as a traceback
        return _tell(error, debug=debug, json=json)
    return code


def _stopped(_number: int, _frame: object) -> None:
    """End as an error does, so that everything on the way is closed and put back."""
    raise Stopped


def _give_up_unread() -> None:
    """Point streams elsewhere that take no more: the interpreter would complain at its exit, with another code."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _tell(error: BaseException, *, debug: bool, json: bool) -> int:
    fault = fault_of(error)
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    with suppress(OSError):  # nobody reads it: the exit code still tells
        if debug:
            sys.stderr.write(visible("".join(traceback.format_exception(error)), keep="\n\t"))
        sys.stderr.write(message(fault, width=width, colour=_wants_colour()))
    if json:
        from autonomous.cli.render.json import document
        from autonomous.cli.render.json_types import ErrorDocument

        with suppress(OSError):
            sys.stdout.write(document(ErrorDocument(error=fault)))
    _give_up_unread()
    return fault.exit_code


def fault_of(error: BaseException) -> Fault:
    """Put an exception into words; facts that came from a repository are not escaped yet."""
    match error:
        case AutonomousError():
            return Fault(str(error), error.detail, error.hint, int(error.exit_code))
        case KeyboardInterrupt():
            hint = "Nothing was lost; `autonomous status` shows where it stopped and how to go on."
            return Fault("interrupted", "", hint, ExitCode.INTERRUPTED)
        case MemoryError():
            hint = "Scan fewer files at once, or give it more memory."
            return Fault("there is not enough memory", "", hint, ExitCode.INTERNAL)
        case RecursionError():
            hint = "Exclude the file that nests so deeply; --debug shows which one it was."
            return Fault("code is nested too deeply to be followed", "", hint, ExitCode.INTERNAL)
        case OSError():
            return _fault_of_system(error)
        case _:
            hint = "This is a fault of the program: run it again with --debug and report what it prints."
            return Fault("internal error", f"{type(error).__name__}: {error}", hint, ExitCode.INTERNAL)


def _fault_of_system(error: OSError) -> Fault:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            what, hint = "there is no space left on the disk", f"Free some space. {_AGAIN}"
        case errno.EACCES | errno.EPERM:
            what, hint = "the system does not permit this", "Check the owner and the rights of that path."
        case errno.EROFS:
            what, hint = "the file system is read-only", f"Make it writable. {_AGAIN}"
        case errno.EMFILE | errno.ENFILE:
            what, hint = "too many files are open", f"Raise the limit (ulimit -n). {_AGAIN}"
        case _:
            what = f"the system says: {error.strerror or error}"
            hint = "Run the same command with --debug to see where."
    names = (error.filename, error.filename2)
    detail = " -> ".join(os.fsdecode(name) for name in names if isinstance(name, str | bytes))
    return Fault(what, detail, hint, ExitCode.INTERNAL)


def message(fault: Fault, *, width: int, colour: bool) -> str:
    """Return the three parts as lines; the exit code stands at the right of the last one."""
    lines = _wrapped(f"error: {visible(fault.what)}", width, indent="")
    for part in (fault.detail, fault.hint):
        for line in visible(part, keep="\n").splitlines():
            lines += _wrapped(line, width - 3, indent="   ")
    code = f"exit {fault.exit_code}"
    if len(lines[-1]) + 2 + len(code) <= width:
        lines[-1] = f"{lines[-1]:<{width - len(code)}}{code}"
    else:
        lines.append(f"{code:>{width}}")
    if colour:
        lines[0] = lines[0].replace("error:", "\x1b[1;31merror:\x1b[0m", 1)
    return "\n".join(lines) + "\n"


def _wrapped(text: str, width: int, *, indent: str) -> list[str]:
    """Break between words alone: a path or an option is there to be copied."""
    return textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent="   ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _wants_colour() -> bool:
    # Not rich's answer: the door must work when little else does.
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stderr.isatty() and os.environ.get("TERM") != "dumb")
