"""What can be set: the types, a note on each key, and what a repository may do with it."""

import shlex
from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

from autonomous.model.kinds import Category, Severity
from autonomous.model.workflow import Limits

Name = Annotated[str, Meta(pattern=r"\A[^<>\x00-\x1f\x7f]+\Z", description="text without <, > and line ends")]
Prefix = Annotated[
    str,
    Meta(
        pattern=r"\A[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*/\Z",
        description="lower-case letters, digits, - and _, ending in /",
    ),
]
DigestText = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class Origin(StrEnum):
    """Where a value comes from; a later one here is asked after the ones before it."""

    BUILT_IN = "built-in"
    USER = "user"
    REPOSITORY = "repository"
    ENVIRONMENT = "environment"
    FLAG = "flag"


class Formatter(StrEnum):
    """The formatter that a change must agree with; `auto` takes the one that the project configures."""

    AUTO = "auto"
    RUFF = "ruff"
    BLACK = "black"
    NONE = "none"


class RuleSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which rules run."""

    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    severity: Severity = Severity.INFO


class TestSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the repository's own tests are run; how long they may take is `limits.test_seconds`."""

    __test__ = False

    command: tuple[str, ...] | str = ()
    python: str = ""

    @property
    def argv(self) -> tuple[str, ...]:
        """The command in words; empty when it is to be found."""
        return tuple(shlex.split(self.command)) if isinstance(self.command, str) else self.command


class AuthorSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who the commits are by."""

    name: Name = "autonomous"
    email: Name = "autonomous@localhost"


class PolicySettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be approved without a person."""

    auto_approve: tuple[Category, ...] = (
        Category.ERRORS,
        Category.CORRECTNESS,
        Category.PERFORMANCE,
        Category.COMPLETENESS,
        Category.STYLE,
    )


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that can be set, and for each key where its value comes from."""

    exclude: tuple[str, ...] = ()
    core_paths: tuple[str, ...] = ()
    fail_on: Severity = Severity.LOW
    formatter: Formatter = Formatter.AUTO
    branch_prefix: Prefix = "auto/"
    trusted: tuple[DigestText, ...] = ()
    rules: RuleSettings = RuleSettings()
    test: TestSettings = TestSettings()
    limits: Limits = Limits()
    author: AuthorSettings = AuthorSettings()
    policy: PolicySettings = PolicySettings()
    origins: dict[str, tuple[Origin, ...]] = {}

    def explain(self) -> Iterator[tuple[str, object, tuple[Origin, ...]]]:
        """Yield key, value and where the value comes from, for every key in order."""
        for key in KEYS:
            yield key, value_at(self, key), self.origins.get(key, (Origin.BUILT_IN,))


class Merge(StrEnum):
    """What a repository may do with a key: never more than the person who runs the program allows."""

    REFUSE = "only your own settings may set this"
    REPLACE = "set"
    ADD = "adds to your own"
    LOWER = "may only lower"
    RAISE = "may only raise"
    FIRST = "used where you set nothing"


class Key(NamedTuple):
    """A note for the person who reads the settings, and the rule for repositories."""

    note: str
    repository: Merge


KEYS: Mapping[str, Key] = MappingProxyType(
    {
        "exclude": Key("paths that are never read, as in .gitignore", Merge.ADD),
        "core_paths": Key("paths whose changes always need a person, as in .gitignore", Merge.ADD),
        "fail_on": Key("exit with 1 for findings of this severity or worse", Merge.REPLACE),
        "formatter": Key("what changes must agree with: auto, ruff, black or none", Merge.REPLACE),
        "branch_prefix": Key("branches are made below this name", Merge.REFUSE),
        "trusted": Key("digests of rule folders with code that may run", Merge.REFUSE),
        "rules.enable": Key("only these rules or categories; empty: all", Merge.FIRST),
        "rules.disable": Key("not these rules or categories", Merge.ADD),
        "rules.severity": Key("findings less severe are not shown", Merge.RAISE),
        "test.command": Key("how to run the tests, in the sandbox; empty: found by itself", Merge.REPLACE),
        "test.python": Key("interpreter for the tests; empty: found by itself", Merge.REFUSE),
        "limits.changes": Key("changes per run", Merge.LOWER),
        "limits.changed_lines": Key("lines per change", Merge.LOWER),
        "limits.attempts": Key("attempts per finding", Merge.LOWER),
        "limits.test_seconds": Key("seconds one test run may take", Merge.LOWER),
        "limits.test_runs": Key("test runs per run", Merge.LOWER),
        "limits.memory_mb": Key("megabytes of memory the tests may use", Merge.LOWER),
        "limits.file_bytes": Key("larger files are not scanned", Merge.LOWER),
        "limits.run_seconds": Key("seconds a whole run may take", Merge.LOWER),
        "author.name": Key("author of the commits", Merge.REFUSE),
        "author.email": Key("address of the author of the commits", Merge.REFUSE),
        "policy.auto_approve": Key("categories whose safe changes need no person", Merge.REFUSE),
    }
)


def leaf_types(kind: type[msgspec.Struct] = Settings, *, prefix: str = "") -> dict[str, object]:
    """Return the type of every key, `{"limits.changes": int, ...}`, in the order of the fields."""
    types: dict[str, object] = {}
    for field in msgspec.structs.fields(kind):
        name = prefix + field.name
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            types |= leaf_types(field.type, prefix=f"{name}.")
        elif name != "origins":
            types[name] = field.type
    return types


def value_at(settings: msgspec.Struct, key: str) -> object:
    """Return the value of a dotted key."""
    value: object = settings
    for part in key.split("."):
        value = getattr(value, part)
    return value
