"""The right Python is found, and no link in a tree decides what the sandbox shows."""

import os
import sys
from pathlib import Path

import pytest

from autonomous.adapters.suites.interpreter import NoInterpreter, describe, find_interpreter
from autonomous.ports.sandbox import Mount


def prefix(folder: Path, version: str = "3.11") -> Path:
    """Make something that looks like an installation of Python."""
    (folder / "bin").mkdir(parents=True)
    binary = folder / "bin" / f"python{version}"
    binary.write_text("#!/bin/sh\n")
    binary.chmod(0o755)
    library = folder / "lib" / f"python{version}"
    library.mkdir(parents=True)
    (library / "os.py").touch()
    return binary


def environment(folder: Path, target: Path) -> Path:
    (folder / "bin").mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text("home = somewhere\n")
    (folder / "bin" / "python3").symlink_to(target)
    (folder / "bin" / "python").symlink_to("python3")
    return folder / "bin" / "python"


def test_the_order_in_which_interpreters_are_looked_for(tmp_path: Path) -> None:
    root, active = tmp_path / "root", tmp_path / "active"
    root.mkdir()
    assert find_interpreter(root, wanted=None, virtual_env=None) == Path(sys.executable)
    binary = prefix(tmp_path / "python")
    second = environment(root / "venv", binary)
    assert find_interpreter(root, wanted=None, virtual_env=None) == second
    first = environment(root / ".venv", binary)
    assert find_interpreter(root, wanted=None, virtual_env=None) == first
    assert find_interpreter(root, wanted=None, virtual_env=active) == first, "an environment that is gone"
    third = environment(active, binary)
    assert find_interpreter(root, wanted=None, virtual_env=active) == third
    assert (
        find_interpreter(root, wanted=Path("tools/python"), virtual_env=active) == root / "tools" / "python"
    )
    assert find_interpreter(root, wanted=Path("/opt/python"), virtual_env=active) == Path("/opt/python")


def test_our_own_environment_comes_after_that_of_the_tree(tmp_path: Path) -> None:
    ours = Path(sys.prefix)
    assert find_interpreter(tmp_path, wanted=None, virtual_env=ours) == Path(sys.executable)
    own = environment(tmp_path / ".venv", prefix(tmp_path / "python"))
    assert find_interpreter(tmp_path, wanted=None, virtual_env=ours) == own


def test_an_environment_shows_itself_and_its_python(tmp_path: Path) -> None:
    binary = prefix(tmp_path / "home" / "pythons" / "one")
    python = environment(tmp_path / "home" / "project" / ".venv", binary)
    found = describe(python, root=tmp_path / "home" / "project", home=tmp_path / "home")
    folder = tmp_path / "home" / "project" / ".venv"
    assert (found.path, found.environment, found.version) == (python, folder, "3.11")
    assert found.mounts == (Mount(binary.parent.parent, binary.parent.parent), Mount(folder, folder))
    assert found.links == {}
    assert found.variables == {
        "PATH": f"{folder}/bin:/usr/local/bin:/usr/bin:/bin",
        "VIRTUAL_ENV": str(folder),
    }


def test_links_to_folders_and_to_files_are_followed(tmp_path: Path) -> None:
    """As uv lays them out: a link to a folder with the minor version, and one in ~/.local/bin."""
    home = tmp_path / "home"
    binary = prefix(home / "share" / "cpython-3.11.7")
    (home / "share" / "cpython-3.11").symlink_to("cpython-3.11.7")
    (home / "bin").mkdir()
    (home / "bin" / "python3.11").symlink_to("../share/cpython-3.11/bin/python3.11")
    python = environment(home / "project" / ".venv", home / "bin" / "python3.11")
    found = describe(python, root=home / "project", home=home)
    assert found.links == {home / "bin" / "python3.11": "../share/cpython-3.11/bin/python3.11"}
    assert Mount(binary.parent.parent, home / "share" / "cpython-3.11") in found.mounts


def test_a_python_of_the_system_needs_no_mount(tmp_path: Path) -> None:
    found = describe(Path(os.path.realpath(sys.executable)), root=tmp_path, home=tmp_path)
    assert found.version == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert found.environment is None
    assert "VIRTUAL_ENV" not in found.variables
    assert all(not mount.target.is_relative_to("/usr") for mount in found.mounts)


def test_a_link_does_not_decide_what_is_shown(tmp_path: Path) -> None:
    home, root = tmp_path / "home", tmp_path / "home" / "project"
    root.mkdir(parents=True)
    in_home = prefix(home)
    with pytest.raises(NoInterpreter, match=f"would show all of {home}"):
        describe(environment(root / ".venv", in_home), root=root, home=home)
    in_root = prefix(root)
    with pytest.raises(NoInterpreter, match=f"would show all of {root}"):
        describe(environment(root / "venv", in_root), root=root, home=home)


def test_what_is_no_python_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    plain = tmp_path / "bin" / "python"
    with pytest.raises(NoInterpreter, match="is not a program"):
        describe(plain, root=tmp_path / "r", home=tmp_path / "h")
    plain.touch()
    with pytest.raises(NoInterpreter, match="is not a program"):
        describe(plain, root=tmp_path / "r", home=tmp_path / "h")
    plain.chmod(0o755)
    with pytest.raises(NoInterpreter, match="has no standard library beside it"):
        describe(plain, root=tmp_path / "r", home=tmp_path / "h")
    loop = tmp_path / "bin" / "loop"
    loop.symlink_to("loop")
    with pytest.raises(NoInterpreter):
        describe(loop, root=tmp_path / "r", home=tmp_path / "h")
