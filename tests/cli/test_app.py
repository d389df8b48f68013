"""Commands are loaded one at a time, and what cannot be meant is said in three parts."""

import os
import subprocess
import sys
from importlib import import_module
from typing import Annotated

import pytest
import typer

from autonomous.cli.app import COMMANDS, invoke, overview, run
from autonomous.cli.main import main
from autonomous.model.errors import UsageError
from autonomous.version import VERSION

HEAVY = ("typer", "rich", "libcst", "git", "msgspec", "pydantic")
LOADED = (
    "import sys\n"
    "from autonomous.cli.main import main\n"
    "code = main(sys.argv[1:])\n"
    "sys.stderr.write(' '.join(sys.modules))\n"
    "sys.exit(code)\n"
)


def started(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autonomous.cli.main", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | env, cwd="/")


def modules_of(*arguments: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def greet(
    names: Annotated[list[str], typer.Argument(help="whom")], loud: Annotated[bool, typer.Option()] = False
) -> int:
    """Greet people."""
    sys.stdout.write(f"{names} {loud}\n")
    return len(names)


def leave() -> int:
    raise typer.Abort


def test_version_is_printed_without_any_heavy_import() -> None:
    loaded = modules_of("--version")
    assert loaded.isdisjoint(HEAVY)
    assert started("--version").stdout == f"autonomous {VERSION}\n"


def test_help_lists_every_command_and_imports_none() -> None:
    loaded = modules_of("--help")
    assert not [name for name in loaded if name.startswith("autonomous.cli.commands.")]
    assert loaded.isdisjoint({"typer", "rich"})
    text = started("--help").stdout
    assert [name for name in COMMANDS if f"\n  {name} " not in text] == []


def test_help_fits_eighty_columns() -> None:
    assert max(map(len, overview().splitlines())) <= 80


def test_only_the_module_of_the_command_is_imported() -> None:
    loaded = modules_of("scan", "--help")
    assert [name for name in loaded if name.startswith("autonomous.cli.commands.")] == [
        "autonomous.cli.commands.scan"
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    module = import_module(f"autonomous.cli.commands.{COMMANDS[name].module}")
    assert callable(module.command)
    assert run([name, "--help"]) == 0
    text = capsys.readouterr().out
    assert f"  autonomous {name}" in text.partition("Examples:")[2]


def test_no_command_prints_the_help_and_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage: autonomous COMMAND" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wrong", "guess"),
    [("scna", "autonomous scan"), ("audti", "autonomous audit"), ("roll-back", "autonomous rollback")],
)
def test_an_unknown_command_comes_with_a_guess(
    wrong: str, guess: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([wrong]) == 2
    said = capsys.readouterr().err
    assert f"error: there is no command `{wrong}`" in said
    assert f"Did you mean `{guess}`?" in said


def test_an_unknown_word_gets_no_silly_guess(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["zzz"]) == 2
    assert "Did you mean" not in capsys.readouterr().err


def test_an_unknown_option_is_called_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--frobnicate"]) == 2
    assert "no option `--frobnicate`" in capsys.readouterr().err


def test_a_command_gets_its_arguments_and_gives_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke("greet", greet, ["a", "b", "--loud"], examples="autonomous greet a") == 2
    assert capsys.readouterr().out == "['a', 'b'] True\n"


@pytest.mark.parametrize(
    ("arguments", "what"),
    [(["a", "--luod"], "no such option: --luod"), ([], "missing argument"), (["a", "--loud=x"], "--loud")],
)
def test_arguments_that_cannot_be_meant(arguments: list[str], what: str) -> None:
    with pytest.raises(UsageError) as caught:
        invoke("greet", greet, arguments, examples="autonomous greet a")
    assert what in str(caught.value)
    assert "autonomous greet --help" in caught.value.hint


def test_help_of_a_command_returns_instead_of_exiting(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke("greet", greet, ["-h"], examples="\n  autonomous greet a\n") == 0
    text = capsys.readouterr().out
    assert "Greet people." in text
    assert "Examples:\n    autonomous greet a\n" in text


def test_an_abort_is_an_interruption() -> None:
    with pytest.raises(KeyboardInterrupt):
        invoke("leave", leave, [], examples="autonomous leave")


@pytest.mark.parametrize("arguments", [["--debug", "scna"], ["scna", "--debug"]])
def test_debug_lets_the_traceback_through(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    said = capsys.readouterr().err
    assert "Traceback (most recent call last)" in said
    assert "error: there is no command `scna`" in said


def test_debug_after_two_dashes_is_an_argument(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scna", "--", "--debug"]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["scna", "--format", "json"], ["scna", "--format=json"]])
def test_errors_are_documents_where_json_is_asked_for(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert '"what": "there is no command `scna`"' in said.out
    assert "error: there is no command `scna`" in said.err


def test_a_terminal_without_unicode_gets_escapes() -> None:
    done = started("scän", PYTHONIOENCODING="ascii:strict", PYTHONUTF8="0")
    assert done.returncode == 2
    assert "sc\\xe4n" in done.stderr


@pytest.mark.parametrize(("arguments", "code"), [("--help", 0), ("--version", 0), ("scna --format json", 2)])
def test_closed_standard_streams_change_no_exit_code(arguments: str, code: int) -> None:
    line = f"exec '{sys.executable}' -m autonomous.cli.main {arguments} <&- >&- 2>&-"
    assert subprocess.run(["/bin/sh", "-c", line], cwd="/").returncode == code
