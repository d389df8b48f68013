"""The table of commands, and the way from an argument list to the one module that is needed."""

import difflib
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import pairwise
from textwrap import dedent, indent
from typing import TYPE_CHECKING, NamedTuple

from autonomous.cli.door import guarded
from autonomous.model.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from typer._click import Command

_PACKAGE = "autonomous.cli.commands"
_ABOUT = """\
autonomous finds what is wrong in a Python repository, writes the change, proves
it, asks, and commits it to a branch of its own.
"""
_DISTANCE = 0.6  # difflib's ratio below which a guess would only confuse


class Entry(NamedTuple):
    """One command: its module below `cli.commands`, what it does in one line, and its panel of the help."""

    module: str
    summary: str
    panel: str


_WHOLE, _STEPS, _BACK, _SETTING = "The whole line", "Step by step", "Look back, undo", "Set up"
COMMANDS: dict[str, Entry] = {
    "scan": Entry("scan", "say what is wrong, change nothing", _WHOLE),
    "improve": Entry("improve", "find, prove, ask, commit to a branch, test", _WHOLE),
    "security-scan": Entry("security_scan", "scan for security alone, with more engines", _WHOLE),
    "propose": Entry("propose", "write the change for a finding", _STEPS),
    "validate": Entry("validate", "prove a proposed change", _STEPS),
    "approve": Entry("approve", "review the changes that wait for an answer", _STEPS),
    "implement": Entry("implement", "commit an approved change to a branch", _STEPS),
    "test": Entry("test", "run the repository's own tests in isolation", _STEPS),
    "status": Entry("status", "show runs, and where each change is", _BACK),
    "rollback": Entry("rollback", "undo a run, one change, or go back to a checkpoint", _BACK),
    "checkpoints": Entry("checkpoints", "list what can be gone back to", _BACK),
    "audit": Entry("audit", "read and verify the log of every decision", _BACK),
    "rules": Entry("rules", "list the rules and explain one", _SETTING),
    "init": Entry("init", "write a commented settings section", _SETTING),
    "doctor": Entry("doctor", "check what is installed and say how to get the rest", _SETTING),
}


def run(argv: Sequence[str]) -> int:
    """Run one command line behind the door and return the exit code."""
    arguments, debug = _without_debug(argv)
    return guarded(lambda: _dispatch(arguments), debug=debug, json=_wants_json(arguments))


def _without_debug(argv: Sequence[str]) -> tuple[list[str], bool]:
    """Take the global `--debug` out, wherever it stands before a `--`."""
    end = argv.index("--") if "--" in argv else len(argv)
    kept = [argument for argument in argv[:end] if argument != "--debug"]
    return [*kept, *argv[end:]], len(kept) < end


def _wants_json(argv: Sequence[str]) -> bool:
    """Tell whether errors are data too; read before parsing, since parsing itself may fail."""
    pairs = pairwise(argv)
    return "--format=json" in argv or ("--format", "json") in pairs


def _dispatch(arguments: list[str]) -> int:
    if not arguments:
        sys.stderr.write(overview())
        return ExitCode.USAGE
    name, *rest = arguments
    if name in {"--help", "-h"}:
        sys.stdout.write(overview())
        return ExitCode.OK
    if name not in COMMANDS:
        raise _unknown(name)
    module = import_module(f"{_PACKAGE}.{COMMANDS[name].module}")
    return invoke(name, module.command, rest, examples=module.EXAMPLES)


def invoke(name: str, command: Callable[..., int], arguments: list[str], *, examples: str) -> int:
    """Parse `arguments` by the annotations of `command`, call it, and return its exit code.

    `examples` are the lines that end its `--help`. Raises UsageError for arguments that cannot be meant.
    """
    import typer

    parser = parser_of(name, command, examples=examples)
    try:
        with parser.make_context(f"autonomous {name}", arguments) as context:
            return int(parser.invoke(context))
    except typer.Exit as done:
        return done.exit_code
    except typer.Abort as aborted:
        raise KeyboardInterrupt from aborted
    except typer.TyperException as wrong:
        hint = f"autonomous {name} --help shows its arguments, with examples"
        raise UsageError(_sentence(wrong.format_message()), hint=hint) from wrong


def parser_of(name: str, command: Callable[..., int], *, examples: str) -> "Command":
    """Return what parses the arguments of a command; the generator of docs/commands.md reads its options too."""
    import typer

    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(
        name=name,
        epilog=f"\b\nExamples:\n{indent(dedent(examples).strip(), '  ')}",
        context_settings={"help_option_names": ["--help", "-h"]},
    )(command)
    return typer.main.get_command(app)


def _sentence(message: str) -> str:
    """Put the parser's sentence into our form: no capital at the start, no type of error, no stop at the end."""
    return (message[:1].lower() + message[1:].rstrip(".")).replace(": Value error, ", ": ")


def _unknown(name: str) -> UsageError:
    kind = "option" if name.startswith("-") else "command"
    guess = difflib.get_close_matches(name, COMMANDS, n=1, cutoff=_DISTANCE)
    return UsageError(
        f"there is no {kind} `{name}`",
        detail=f"Did you mean `autonomous {guess[0]}`?" if guess else "",
        hint="autonomous --help lists all commands",
    )


def overview() -> str:
    """Return the help of the whole program, made from the table alone."""
    panels = dict.fromkeys(entry.panel for entry in COMMANDS.values())
    wide = max(map(len, COMMANDS))
    blocks = [_ABOUT, "usage: autonomous COMMAND [OPTIONS] [ARGUMENTS]\n"]
    for panel in panels:
        rows = [f"  {name:<{wide}}  {e.summary}\n" for name, e in COMMANDS.items() if e.panel == panel]
        blocks.append(f"{panel}\n{''.join(rows)}")
    blocks.append(
        "Options\n"
        f"  {'--debug':<{wide}}  print the traceback of an error, with any command\n"
        f"  {'--version':<{wide}}  print the version\n"
        f"  {'--help':<{wide}}  print this, or the help of a command\n"
    )
    blocks.append("next: autonomous scan .        (changes nothing)\n")
    return "\n".join(blocks)
