"""What a build leaves beside the sources, git ignores, and the tests need all the same.

A commit has no compiled extension modules, no version file written by a build tool and no metadata of an editable
installation. Those three are copied from the user's tree into the copy, and nothing else is: a new source file
that is not committed is unfinished work, and tests must not depend on it.
"""

import shutil
import tomllib
from collections.abc import Iterator
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

_VERSION_FILES = {"_version.py", "__version__.py", "version.py", "_version_info.py", "_build_info.py"}
_EXTENSIONS = (".so", ".pyd", *EXTENSION_SUFFIXES)
_LARGEST_VERSION_FILE = 100_000
_LARGEST_EXTENSION = 500_000_000
_DECLARED = (  # where build tools are told which file to write
    ("tool", "setuptools_scm", "version_file"),
    ("tool", "setuptools_scm", "write_to"),
    ("tool", "hatch", "build", "hooks", "vcs", "version-file"),
    ("tool", "pdm", "version", "write_to"),
)
_READ_ONLY = 0o444


def copy_generated(root: Path, tree: Path) -> tuple[str, ...]:
    """Copy generated files from `root` to the copy `tree` and return their paths; files of the commit stay.

    Links are never followed, and a file goes only into a folder that has Python files of the commit.
    """
    declared = set(_declared(tree))
    copied = []
    for folder in _python_folders(tree):
        relative = folder.relative_to(tree)
        for path in _entries(root / relative):
            target = folder / path.name
            if target.exists() or not _is_generated(path, (relative / path.name).as_posix(), declared):
                continue
            shutil.copyfile(path, target)
            target.chmod(_READ_ONLY)
            copied.append((relative / path.name).as_posix())
    return (*copied, *_copy_metadata(root, tree))


def _is_generated(path: Path, relative: str, declared: set[str]) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    size = path.stat().st_size
    if path.name.endswith(_EXTENSIONS):
        return size <= _LARGEST_EXTENSION
    return (path.name in _VERSION_FILES or relative in declared) and size <= _LARGEST_VERSION_FILE


def _copy_metadata(root: Path, tree: Path) -> Iterator[str]:
    """Copy `*.egg-info` of older editable installations: `importlib.metadata` reads it beside the sources."""
    for place in (Path(), Path("src"), Path("lib")):
        for folder in _entries(root / place):
            if not folder.name.endswith(".egg-info") or folder.is_symlink() or not folder.is_dir():
                continue
            target = tree / place / folder.name
            if not target.exists() and target.parent.is_dir():
                target.mkdir()
                for path in _entries(folder):
                    if (
                        path.is_file()
                        and not path.is_symlink()
                        and path.stat().st_size <= _LARGEST_VERSION_FILE
                    ):
                        shutil.copyfile(path, target / path.name)
                yield (place / folder.name).as_posix()


def _python_folders(tree: Path) -> Iterator[Path]:
    folders = {path.parent for path in tree.rglob("*.py")}
    yield from sorted(folder for folder in folders if folder.resolve().is_relative_to(tree))


def _entries(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder.iterdir())
    except OSError:
        return


def _declared(tree: Path) -> Iterator[str]:
    try:
        settings = tomllib.loads((tree / "pyproject.toml").read_text("utf-8"))
    except (OSError, ValueError):
        return
    for keys in _DECLARED:
        value: object = settings
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, str):
            yield value
