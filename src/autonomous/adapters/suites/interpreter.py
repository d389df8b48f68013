"""Which Python runs the repository's tests, and what of the machine it needs to see for that.

Everything is found by looking at files: the environment may have come with the repository, and running it outside
of the sandbox to ask questions would run a stranger's code.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from autonomous.model.digest import Digest, digest_of
from autonomous.model.errors import AutonomousError
from autonomous.ports.sandbox import Mount

_ENVIRONMENTS = (".venv", "venv")
_VISIBLE = (Path("/usr"), Path("/bin"), Path("/lib"), Path("/lib64"))  # shown by every sandbox
_MOST_LINKS = 16


class NoInterpreter(AutonomousError):
    """There is no interpreter that could run the tests; the message says what is wrong with the one that was found."""

    hint = "name another one in the settings, or make a virtual environment in .venv and install pytest there"


class Interpreter(msgspec.Struct, frozen=True):
    """A Python: the path to start it by, its prefix, the environment around it if any, and what to mount."""

    path: Path
    prefix: Path
    environment: Path | None
    version: str  # "3.11"
    mounts: tuple[Mount, ...]
    links: Mapping[Path, str]  # links on the way to the binary, in folders that are otherwise not shown

    @property
    def variables(self) -> dict[str, str]:
        """What activating the environment would set."""
        path = f"{self.path.parent}:/usr/local/bin:/usr/bin:/bin"
        return {"PATH": path} | ({"VIRTUAL_ENV": str(self.environment)} if self.environment else {})

    def fingerprint(self) -> Digest:
        """Digest of the version and of the names of everything that is installed; none of it is run."""
        home = self.environment or self.prefix
        installed = {path.name for path in home.glob("lib*/python3*/site-packages/*-info")}
        return digest_of(
            str(self.path).encode(), self.version.encode(), *(name.encode() for name in sorted(installed))
        )


def find_interpreter(root: Path, *, wanted: Path | None, virtual_env: Path | None) -> Path:
    """Return the interpreter to use: the one of the settings, of the active environment, of the tree, or our own.

    An active environment that is our own says nothing about the tree: it was activated to run this program.
    """
    if wanted is not None:
        return wanted if wanted.is_absolute() else root / wanted
    ours = virtual_env is not None and os.path.realpath(virtual_env) == os.path.realpath(sys.prefix)
    folders = [virtual_env] if virtual_env and not ours else []
    for folder in (*folders, *(root / name for name in _ENVIRONMENTS)):
        if os.access(folder / "bin" / "python", os.X_OK):
            return folder / "bin" / "python"
    return Path(sys.executable)


def describe(path: Path, *, root: Path, home: Path) -> Interpreter:
    """Follow the links to the binary and find its prefix and its environment.

    Raises NoInterpreter when there is none, or when showing it would show all of `home` or `root`: a link in the
    tree must not decide what a sandbox can read.
    """
    start = Path(os.path.realpath(path.parent)) / path.name
    binary = Path(os.path.realpath(start))  # unlike Path.resolve it does not raise for links in a circle
    if not (binary.is_file() and os.access(binary, os.X_OK)):
        raise NoInterpreter(f"{path} is not a program")
    prefix = binary.parent.parent
    environment = start.parent.parent if (start.parent.parent / "pyvenv.cfg").is_file() else None
    version = _version(prefix, binary)
    shown = [prefix, *([environment] if environment else [])]
    for folder in shown:
        if home.is_relative_to(folder) or root.is_relative_to(folder):
            raise NoInterpreter(f"{path} would show all of {folder} to the tests")
    hops = list(_hops(start))
    aliases = {hop.parent.parent for hop in hops if hop.parent != hop.parent.resolve()}
    mounts = [Mount(folder, folder) for folder in shown if not _below(folder, _VISIBLE)]
    mounts += [Mount(prefix, alias) for alias in sorted(aliases) if alias.resolve() == prefix]
    reachable = (*_VISIBLE, *(mount.target for mount in mounts))
    return Interpreter(
        path=start,
        prefix=prefix,
        environment=environment,
        version=version,
        mounts=tuple(mounts),
        links={hop: str(hop.readlink()) for hop in hops if hop.is_symlink() and not _below(hop, reachable)},
    )


def _version(prefix: Path, binary: Path) -> str:
    """Return the version by the name of the standard library's folder: that of the binary, or the only one."""
    names = sorted(path.parent.name for path in prefix.glob("lib*/py*3*/os.py"))
    if not names:
        raise NoInterpreter(f"{binary} has no standard library beside it")
    return (binary.name if binary.name in names else names[-1]).removeprefix("python")


def _hops(start: Path) -> Iterator[Path]:
    """Yield the paths that lead from `start` to its binary, link by link, as they are written."""
    here = start
    for _ in range(_MOST_LINKS):
        yield here
        if not here.is_symlink():
            return
        here = Path(os.path.normpath(here.parent / here.readlink()))


def _below(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)
