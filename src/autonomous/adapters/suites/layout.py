"""What a tree looks like to the tests: its own modules, where imports start, and whether it has tests at all."""

import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

_SOURCE_FOLDERS = ("src", "lib")
_NOT_IMPORTED = {"setup", "conftest", "noxfile", "tasks", "fabfile", "manage", "versioneer"}
_NOT_MEASURED = {"test", "tests", "testing", "doc", "docs", "example", "examples", "benchmark", "benchmarks"}
_SETTINGS = (("pytest.ini", ""), (".pytest.ini", ""), ("pytest.toml", ""), (".pytest.toml", ""))
_SECTIONS = (
    ("pyproject.toml", "[tool.pytest"),
    ("tox.ini", "[pytest]"),
    ("setup.cfg", "[tool:pytest]"),
)
_TEST_FILES = ("test_*.py", "*_test.py")
_SKIPPED = {"node_modules", "__pycache__", "build", "dist"}


class Layout(msgspec.Struct, frozen=True):
    """Dotted names of the tree's own modules, and the folders from which they are imported (POSIX, relative)."""

    modules: tuple[str, ...]
    roots: tuple[str, ...]
    measured: tuple[str, ...]  # packages and modules that coverage is about

    @property
    def sources(self) -> tuple[str, ...]:
        """The folders to measure: the packages, and where single modules lie."""
        folders = (
            path if not path.endswith(".py") else str(PurePosixPath(path).parent) for path in self.measured
        )
        return tuple(dict.fromkeys(folders))

    def measures(self, path: str) -> bool:
        """Tell whether a file belongs to what coverage is about."""
        return any(PurePosixPath(path).is_relative_to(each) for each in self.measured)


def layout_of(tree: Path) -> Layout:
    """Read the layout of a tree.

    Single modules whose names the standard library has are left out: whoever imports one gets the library's.
    """
    roots = [name for name in _SOURCE_FOLDERS if (tree / name).is_dir() and not _is_package(tree / name)]
    own: dict[str, Path] = {}
    for name in roots:
        own |= dict(_modules(tree / name, descend=True))
    own |= {name: path for name, path in _modules(tree, descend=False) if name not in own}
    own = {name: path for name, path in own.items() if name not in sys.stdlib_module_names}
    measured = (path for name, path in own.items() if name.split(".")[0] not in _NOT_MEASURED)
    return Layout(
        modules=tuple(sorted(own)),
        roots=(*roots, "."),
        measured=tuple(sorted(path.relative_to(tree).as_posix() for path in measured)),
    )


def has_tests(tree: Path) -> bool:
    """Tell whether pytest has settings or files here; unittest cases in such files count, pytest runs them."""
    if any((tree / name).is_file() for name, _ in _SETTINGS):
        return True
    if any(section in _text(tree / name) for name, section in _SECTIONS):
        return True
    return any(True for _ in _test_files(tree))


def _modules(folder: Path, *, descend: bool, prefix: str = "") -> Iterator[tuple[str, Path]]:
    """Yield packages and modules of a folder; `descend` looks into folders without `__init__.py` (PEP 420)."""
    for path in sorted(folder.iterdir()):
        name = prefix + path.stem
        if path.is_file() and path.suffix == ".py" and path.stem.isidentifier():
            if path.stem not in _NOT_IMPORTED and not any(path.match(pattern) for pattern in _TEST_FILES):
                yield name, path
        elif _is_package(path):
            yield name, path
        elif descend and path.is_dir() and path.name.isidentifier():
            yield from _modules(path, descend=True, prefix=f"{name}.")


def _is_package(path: Path) -> bool:
    return path.name.isidentifier() and (path / "__init__.py").is_file()


def _test_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and any(path.match(pattern) for pattern in _TEST_FILES):
            yield path
        elif (
            path.is_dir()
            and not path.is_symlink()
            and not path.name.startswith(".")
            and path.name not in _SKIPPED
        ):
            yield from _test_files(path)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
