"""Mypy's options for a stranger's project: how strict it is comes from there, what is run never does."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from configparser import ConfigParser, Error
from typing import Final

from autonomous.ports.files import Files, FileUnreadable

_STRICTNESS: Final = (
    "check_untyped_defs",
    "disallow_any_decorated",
    "disallow_any_explicit",
    "disallow_any_expr",
    "disallow_any_generics",
    "disallow_incomplete_defs",
    "disallow_subclassing_any",
    "disallow_untyped_calls",
    "disallow_untyped_decorators",
    "disallow_untyped_defs",
    "extra_checks",
    "implicit_optional",
    "implicit_reexport",
    "no_implicit_optional",
    "no_implicit_reexport",
    "strict",
    "strict_equality",
    "strict_optional",
    "warn_redundant_casts",
    "warn_return_any",
    "warn_unreachable",
    "warn_unused_ignores",
)
"""Switches that only say what counts as an error. `plugins`, `mypy_path`, `python_executable` are not among them."""


def options(files: Files, bases: Iterable[str]) -> str:
    """Return a mypy.ini: ours, then the project's own strictness; `bases` are import roots, absolute paths."""
    lines = {
        "mypy_path": ":".join(bases),
        "explicit_package_bases": "True",
        "namespace_packages": "True",
        "no_site_packages": "True",  # the project's dependencies are installed elsewhere, or not at all
        "ignore_missing_imports": "True",
        "follow_imports": "silent",
        "check_untyped_defs": "True",
        "error_summary": "False",
        **dict(_strictness(files)),
    }
    return "[mypy]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items())


def _strictness(files: Files) -> Iterator[tuple[str, str]]:
    own = _own(files)
    for key in _STRICTNESS:
        value = str(own.get(key, "")).lower()
        if value in {"true", "false"}:
            yield key, value.capitalize()


def _own(files: Files) -> Mapping[str, object]:
    """Return the project's settings, from the first file that has any, in mypy's own order."""
    for name in ("mypy.ini", ".mypy.ini", "pyproject.toml", "setup.cfg"):
        if not files.exists(name):
            continue
        try:
            text = files.read(name).decode("utf-8", "replace")
            found = _toml(text) if name.endswith(".toml") else _ini(text)
        except (FileUnreadable, Error, tomllib.TOMLDecodeError):
            continue
        if found:
            return found
    return {}


def _toml(text: str) -> Mapping[str, object]:
    tools = tomllib.loads(text).get("tool", {})
    found = tools.get("mypy", {}) if isinstance(tools, dict) else {}
    return found if isinstance(found, dict) else {}


def _ini(text: str) -> Mapping[str, object]:
    config = ConfigParser(interpolation=None)
    config.read_string(text)
    return dict(config["mypy"]) if config.has_section("mypy") else {}
