"""The settings cascade: who may set what, where each value comes from, and what is said about a mistake."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from autonomous.model.errors import ExitCode, UsageError
from autonomous.model.kinds import Category, Severity
from autonomous.model.workflow import Limits
from autonomous.settings import Formatter, Origin, Settings, commented_section, load, user_file
from autonomous.settings_schema import KEYS, Merge, leaf_types, value_at


@dataclass(frozen=True)
class Place:
    directory: Path
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def user_file(self) -> Path:
        return self.directory / "config.toml"

    def write(self, name: str, text: str) -> Path:
        path = self.directory / name
        path.write_text(text, "utf-8")
        return path

    def load(self, environ: Mapping[str, str] | None = None, **flags: object) -> Settings:
        return load(root=self.directory, user_file=self.user_file, environ=environ or {}, flags=flags)

    def fault(self, environ: Mapping[str, str] | None = None, **flags: object) -> UsageError:
        with pytest.raises(UsageError) as caught:
            self.load(environ, **flags)
        assert caught.value.exit_code is ExitCode.USAGE
        return caught.value


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_nothing_set(place: Place) -> None:
    assert place.load() == Settings()
    assert load(root=None, user_file=place.user_file, environ={"HOME": "/"}, flags={}) == Settings()
    assert Settings().limits == Limits()


def test_each_source_beats_the_ones_before(place: Place) -> None:
    place.write("config.toml", 'fail_on = "critical"')
    assert place.load().fail_on is Severity.CRITICAL
    place.write("pyproject.toml", '[tool.autonomous]\nfail_on = "high"')
    assert place.load().fail_on is Severity.HIGH
    environ = {"AUTONOMOUS_FAIL_ON": "medium"}
    assert place.load(environ).fail_on is Severity.MEDIUM
    assert place.load(environ, fail_on=Severity.INFO).fail_on is Severity.INFO
    assert place.load(environ, fail_on=None).fail_on is Severity.MEDIUM, "a flag that was not given"


def test_where_each_value_comes_from(place: Place) -> None:
    place.write("config.toml", 'exclude = ["a"]\n[limits]\nchanges = 9\nattempts = 2')
    place.write("autonomous.toml", 'exclude = ["b"]\n[limits]\nchanges = 5\nattempts = 3')
    settings = place.load({"AUTONOMOUS_LIMITS__TEST_RUNS": "7"}, **{"author.name": "robot"})
    told = {key: (value, origins) for key, value, origins in settings.explain()}
    assert list(told) == list(KEYS)
    assert told["exclude"] == (("a", "b"), (Origin.USER, Origin.REPOSITORY))
    assert told["limits.changes"] == (5, (Origin.REPOSITORY,))
    assert told["limits.attempts"] == (2, (Origin.USER,)), "the repository asked for more"
    assert told["limits.test_runs"] == (7, (Origin.ENVIRONMENT,))
    assert told["author.name"] == ("robot", (Origin.FLAG,))
    assert told["fail_on"] == (Severity.LOW, (Origin.BUILT_IN,))


def test_lists_are_added_by_a_repository_and_replaced_by_the_user(place: Place) -> None:
    place.write("config.toml", 'exclude = ["a"]\ncore_paths = ["x"]\nrules.disable = ["AUT1"]')
    place.write("autonomous.toml", 'exclude = ["b", "a"]\ncore_paths = ["y"]\nrules.disable = ["AUT2"]')
    settings = place.load()
    assert settings.exclude == ("a", "b")
    assert settings.core_paths == ("x", "y")
    assert settings.rules.disable == ("AUT1", "AUT2")
    assert place.load({"AUTONOMOUS_EXCLUDE": "c, d,"}).exclude == ("c", "d")
    assert place.load({"AUTONOMOUS_EXCLUDE": '["c,d"]'}).exclude == ("c,d",)
    assert place.load({"AUTONOMOUS_EXCLUDE": ""}).exclude == ()
    assert place.load(exclude=["e"]).exclude == ("e",)


def test_a_repository_only_lowers_limits(place: Place) -> None:
    names = [item.name for item in msgspec.structs.fields(Limits)]
    place.write("autonomous.toml", "[limits]\n" + "\n".join(f"{name} = 999999999999" for name in names))
    assert place.load().limits == Limits()
    place.write("autonomous.toml", "[limits]\n" + "\n".join(f"{name} = 1" for name in names))
    assert set(msgspec.structs.astuple(place.load().limits)) == {1}
    assert place.load({"AUTONOMOUS_LIMITS__CHANGES": "5000"}).limits.changes == 5000, "the user's own word"


def test_a_repository_only_hides_less_severe_findings(place: Place) -> None:
    place.write("autonomous.toml", 'rules.severity = "high"')
    assert place.load().rules.severity is Severity.HIGH
    place.write("config.toml", 'rules.severity = "critical"')
    assert place.load().rules.severity is Severity.CRITICAL


def test_rules_the_user_chose_are_not_widened(place: Place) -> None:
    place.write("autonomous.toml", 'rules.enable = ["style"]')
    assert place.load().rules.enable == ("style",)
    place.write("config.toml", 'rules.enable = ["AUT101"]')
    assert place.load().rules.enable == ("AUT101",)


def test_a_repository_may_name_the_test_command_and_the_formatter(place: Place) -> None:
    place.write("autonomous.toml", 'formatter = "black"\n[test]\ncommand = "pytest -k \'a b\'"')
    settings = place.load()
    assert settings.test.argv == ("pytest", "-k", "a b")
    assert settings.formatter is Formatter.BLACK
    place.write("autonomous.toml", 'test.command = ["pytest", "-x"]')
    assert place.load().test.argv == ("pytest", "-x")
    assert place.load({"AUTONOMOUS_TEST__COMMAND": "tox -e a,b"}).test.argv == ("tox", "-e", "a,b")
    assert place.load({"AUTONOMOUS_TEST__COMMAND": '["tox"]'}).test.argv == ("tox",)


VALUES: dict[str, object] = {
    "branch_prefix": "mine/",
    "trusted": ["a" * 64],
    "test.python": "/usr/bin/python3",
    "author.name": "Mallory",
    "author.email": "m@example.org",
    "policy.auto_approve": ["security"],
}


def test_every_refused_key_is_tried() -> None:
    assert set(VALUES) == {key for key, rule in KEYS.items() if rule.repository is Merge.REFUSE}


@pytest.mark.parametrize("key", VALUES)
def test_a_repository_cannot_set(place: Place, key: str) -> None:
    line = f"{key} = {VALUES[key]!r}"
    place.write("pyproject.toml", f"[tool.autonomous]\n{line}")
    fault = place.fault()
    assert str(fault) == f"a repository cannot set `{key}`"
    assert fault.detail == f"{place.directory / 'pyproject.toml'}:2"
    assert str(place.user_file) in fault.hint
    (place.directory / "pyproject.toml").unlink()
    place.write("config.toml", line)
    told = {name: (value, origins) for name, value, origins in place.load().explain()}
    wanted = VALUES[key]
    assert told[key] == (tuple(wanted) if isinstance(wanted, list) else wanted, (Origin.USER,))


@pytest.mark.parametrize(
    ("text", "line", "key", "guess"),
    [
        ("exclud = []", 1, "exclud", "did you mean `exclude`?"),
        ("\n[limits]\nchnages = 1", 3, "limits.chnages", "did you mean `limits.changes`?"),
        ("changes = 1", 1, "changes", "did you mean `limits.changes`?"),
        ("[test]\nlimits = {changes = 1}", 2, "test.limits.changes", "did you mean `limits.changes`?"),
        ("limits.'changes ' = 1", 1, "limits.changes ", "did you mean `limits.changes`?"),
        ("qqqq = 1", 1, "qqqq", "`autonomous init` writes"),
        ("origins = {}\norigins.exclude = ['flag']", 0, "", ""),
        ("[origins]\nexclude = ['flag']", 2, "origins.exclude", "did you mean `exclude`?"),
    ],
)
def test_unknown_key(place: Place, text: str, line: int, key: str, guess: str) -> None:
    path = place.write("config.toml", text)
    fault = place.fault()
    if not line:
        assert "not valid TOML" in str(fault)
        return
    assert str(fault) == f"there is no setting `{key}`"
    assert fault.detail == (f"{path}:{line}" if " " not in key else str(path))
    assert fault.hint.startswith(guess)


def test_unknown_variable_and_flag(place: Place) -> None:
    fault = place.fault({"AUTONOMOUS_FAILON": "high"})
    assert (fault.detail, fault.hint) == ("AUTONOMOUS_FAILON", "did you mean `fail_on`?")
    assert place.fault(limits={"change": 1}).hint == "did you mean `limits.changes`?"
    assert place.load({"OTHER_FAILON": "x"}) == Settings()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("exclude = 'a'", "`exclude` must be a list of text, not 'a'"),
        ("exclude = [1]", "`exclude` must be a list of text, not [1]"),
        ("fail_on = 'awful'", "`fail_on` must be one of critical, high, medium, low, info, not 'awful'"),
        ("limits.changes = '5'", "`limits.changes` must be a whole number above 0, not '5'"),
        ("limits.changes = 1.5", "`limits.changes` must be a whole number above 0, not 1.5"),
        ("limits.changes = true", "`limits.changes` must be a whole number above 0, not True"),
        ("limits.changes = 0", "`limits.changes` must be a whole number above 0, not 0"),
        ("limits.changes = -1", "`limits.changes` must be a whole number above 0, not -1"),
        ("limits.run_seconds = nan", "`limits.run_seconds` must be a number above 0, not nan"),
        ("limits.run_seconds = inf", "`limits.run_seconds` must be a number above 0, not inf"),
        (
            "limits.run_seconds = 07:32:00",
            "`limits.run_seconds` must be a number above 0, not datetime.time(7, 32)",
        ),
        ("limits = 5", "`limits` must be a table, not 5"),
        (
            "branch_prefix = ''",
            "`branch_prefix` must be lower-case letters, digits, - and _, ending in /, not ''",
        ),
        ("trusted = ['x']", "`trusted` must be a list of text, not ['x']"),
        (
            "author.name = 'a\\u0000'",
            "`author.name` must be text without <, > and line ends, not 'a\\\\u0000'",
        ),
        ('test.command = "a \'b"', '`test.command` must be a list of text or text, not "a \'b"'),
        ("test.command = [1]", "`test.command` must be a list of text or text, not [1]"),
        ("test.python = 3", "`test.python` must be text, not 3"),
        (f"fail_on = '{'x' * 500}'", f"not '{'x' * 79}..."),
    ],
)
def test_wrong_type(place: Place, text: str, expected: str) -> None:
    path = place.write("config.toml", text)
    if "\\u0000" in text:
        path.write_text('author.name = "a\\nb"')
        expected = "`author.name` must be text without <, > and line ends, not 'a\\nb'"
    fault = place.fault()
    assert expected in str(fault)
    assert fault.detail == f"{path}:1"


@pytest.mark.parametrize(
    "prefix", ["auto", "/", "../auto/", "a//b/", "-x/", "a/.b/", "refs/heads/A/", "auto/\n", "a b/"]
)
def test_prefix_that_no_ref_may_have(place: Place, prefix: str) -> None:
    assert "`branch_prefix`" in str(place.fault(branch_prefix=prefix))


@pytest.mark.parametrize("prefix", ["auto/", "a/b/", "x-1_y/"])
def test_prefix_of_a_ref(place: Place, prefix: str) -> None:
    assert place.load(branch_prefix=prefix).branch_prefix == prefix


def test_choice_is_guessed(place: Place) -> None:
    assert place.fault({"AUTONOMOUS_FAIL_ON": "hgih"}).hint == "did you mean 'high'?"
    assert place.fault(policy={"auto_approve": ["style", "perfomance"]}).hint == "did you mean 'performance'?"
    assert "list of some of security, errors" in str(place.fault(policy={"auto_approve": 5}))
    assert place.load(policy={"auto_approve": ["style"]}).policy.auto_approve == (Category.STYLE,)


def test_settings_in_two_files_of_a_repository(place: Place) -> None:
    place.write("autonomous.toml", "")
    place.write("pyproject.toml", "[tool.ruff]\nline-length = 100")
    assert place.load() == Settings()
    place.write("pyproject.toml", "[tool.autonomous]")
    fault = place.fault()
    assert "two files" in str(fault)
    assert "pyproject.toml" in fault.detail
    assert "autonomous.toml" in fault.detail


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = ", "not valid TOML"),
        ("x = " + "[" * 5000, "not valid TOML"),
        ("[tool]\nautonomous = 5", r"\[tool.autonomous\] is not a table"),
    ],
)
def test_file_that_is_not_what_it_should_be(place: Place, text: str, message: str) -> None:
    path = place.write("pyproject.toml", text)
    with pytest.raises(UsageError, match=message) as caught:
        place.load()
    assert caught.value.detail == str(path)


def test_other_tools_tables_are_none_of_our_business(place: Place) -> None:
    place.write("pyproject.toml", "tool = 5")
    assert place.load() == Settings()


def test_file_that_cannot_be_read(place: Place) -> None:
    place.user_file.write_bytes(b"\xff")
    assert "cannot be read" in str(place.fault())
    place.user_file.write_text("#" * 1_000_001)
    assert "sensible size" in str(place.fault())
    place.user_file.unlink()
    os.mkfifo(place.user_file)
    assert "not a regular file" in str(place.fault())
    place.user_file.unlink()
    place.user_file.symlink_to(place.user_file)
    assert "cannot be read" in str(place.fault())


def test_section_is_valid_when_uncommented() -> None:
    for table in ("tool.autonomous", ""):
        text = commented_section(table)
        assert all(line.startswith(("# ", "[")) for line in text.splitlines() if line)
        assert all(len(line) <= 110 for line in text.splitlines())
        tree = tomllib.loads("\n".join(line.removeprefix("# ") for line in text.splitlines()))
        section = tree["tool"]["autonomous"] if table else tree
        assert msgspec.convert(section, Settings) == Settings()
        written = {
            name if not isinstance(value, dict) else f"{name}.{inner}"
            for name, value in section.items()
            for inner in (value if isinstance(value, dict) else [""])
        }
        assert written == {key for key, rule in KEYS.items() if rule.repository is not Merge.REFUSE}


def test_section_changes_nothing_as_written(place: Place) -> None:
    place.write("pyproject.toml", commented_section())
    assert place.load() == Settings()
    place.write(
        "pyproject.toml", "\n".join(line.removeprefix("# ") for line in commented_section().splitlines())
    )
    assert msgspec.structs.replace(place.load(), origins={}) == Settings()


def test_every_key_has_a_note_and_every_note_a_key() -> None:
    assert set(KEYS) == set(leaf_types())
    assert value_at(Settings(), "limits.changes") == 200


def test_where_the_users_own_file_is() -> None:
    assert user_file({"HOME": "/home/u"}) == Path("/home/u/.config/autonomous/config.toml")
    assert user_file({"HOME": "/home/u", "XDG_CONFIG_HOME": "rel"}) == user_file({"HOME": "/home/u"})
    assert user_file({"XDG_CONFIG_HOME": "/etc/x"}) == Path("/etc/x/autonomous/config.toml")
    assert not user_file({}).exists()
