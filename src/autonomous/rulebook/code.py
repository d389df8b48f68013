"""Loads rule.py and fix.py of a rule folder, once and only when they are needed."""

import importlib.util
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType

from autonomous.model.digest import Digest, digest_of
from autonomous.rulebook.faults import RuleBroken

CODE_FILES = ("rule.py", "fix.py")


def digest_of_code(folder: Path) -> Digest:
    """Digest over rule.py and fix.py of a rule folder: what `rules trust` stores and loading compares.

    A file that is missing differs from one that is empty. Raises OSError for a file that can't be read.
    """
    parts: list[bytes] = []
    for name in CODE_FILES:
        path = folder / name
        parts += (
            [name.encode(), b"present", path.read_bytes()] if path.is_file() else [name.encode(), b"absent"]
        )
    return digest_of(*parts)


def function_of(path: Path, name: str) -> Callable[..., object]:
    """Return a function that a rule's module defines. Raises RuleBroken with the file and the reason."""
    function: Callable[..., object] | None = getattr(_module(path), name, None)
    if not callable(function):
        raise RuleBroken(path, f"defines no function `{name}`")
    return function


@cache
def _module(path: Path) -> ModuleType:
    label = f"autonomous_rule_{sha256(str(path).encode()).hexdigest()[:16]}"
    spec = importlib.util.spec_from_file_location(label, path)
    if spec is None or spec.loader is None:
        raise RuleBroken(path, "is no Python module")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (SyntaxError, ImportError, NameError, AttributeError, TypeError, ValueError, OSError) as error:
        raise RuleBroken(path, f"can't be loaded: {type(error).__name__}: {error}") from error
    return module
