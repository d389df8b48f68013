"""The door to git: nothing of the caller's environment gets through, nothing but plumbing is run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from repositories import plain, write

from autonomous.adapters.git.runner import GitFailed, locate_git
from autonomous.model.errors import ExitCode, Refused


def test_the_callers_environment_stays_outside(opened, tmp_path, monkeypatch):
    root = plain(tmp_path / "user")
    trace = tmp_path / "trace"
    other = plain(tmp_path / "other")
    for name, value in {
        "GIT_TRACE": trace, "GIT_TRACE2": trace, "GIT_DIR": other / ".git", "GIT_INDEX_FILE": trace,
        "GIT_CONFIG_PARAMETERS": "'core.bare=maybe'", "GIT_CONFIG_COUNT": "1", "GIT_EXEC_PATH": "/nowhere",
        "GIT_OBJECT_DIRECTORY": other / ".git/objects", "GIT_PYTHON_TRACE": "full", "GIT_NAMESPACE": "x",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, str(value))
    repository = opened(root)
    head = repository.head().commit
    assert repository.resolve(head[:8]) == head
    assert not trace.exists()


def test_only_plumbing_is_run(opened, tmp_path):
    runner = opened(plain(tmp_path / "user")).shadow.runner
    for command in ("commit", "checkout", "gc", "fetch", "-c", "status"):
        with pytest.raises(ValueError, match=command):
            runner.run([command])


def test_a_failure_says_what_git_said(opened, tmp_path):
    runner = opened(plain(tmp_path / "user")).shadow.runner
    with pytest.raises(GitFailed, match=r"ls-tree.* ended with status 128") as caught:
        runner.run(["ls-tree", "nothing"])
    assert "nothing" in caught.value.detail
    assert caught.value.exit_code is ExitCode.INTERNAL


def test_git_is_found_outside_of_the_repository(tmp_path, monkeypatch):
    root, tools = tmp_path / "user", tmp_path / "tools"
    for folder in (root / "bin", tools):
        write(folder, {"git": "#!/bin/sh\n"})
        (folder / "git").chmod(0o755)
    monkeypatch.chdir(root)
    assert locate_git("", root=root) == Path("/usr/bin/git").resolve()
    assert (
        locate_git(f"{root}/bin{os.pathsep}bin{os.pathsep}{tools}", root=root, usual="/nowhere")
        == tools / "git"
    )
    with pytest.raises(Refused, match="git is not installed"):
        locate_git(f"{root}/bin{os.pathsep}bin", root=root, usual="/nowhere")


def test_importing_gitpython_runs_no_git(tmp_path):
    marker = tmp_path / "executed"
    write(tmp_path / "bin", {"git": f"#!/bin/sh\ntouch '{marker}'\n"})
    (tmp_path / "bin/git").chmod(0o755)
    code = "import os; from autonomous.adapters.git import runner; runner._door(); print(sorted(k for k in os.environ if 'GIT' in k))"
    environment = {
        "PATH": str(tmp_path / "bin"),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "GIT_PYTHON_REFRESH": "raise",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True, cwd=tmp_path
    )
    assert done.stdout == b"['GIT_PYTHON_REFRESH']\n"
    assert not marker.exists()


def test_importing_the_adapter_is_cheap():
    code = "import sys, autonomous.adapters.git.checkpoints, autonomous.adapters.files.directory; print({'git', 'pathspec'} & set(sys.modules))"
    environment = {"PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.check_output([sys.executable, "-c", code], env=environment) == b"set()\n"
