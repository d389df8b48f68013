"""Opening files of a work tree: no link, no pipe, and no trace of the reading where that is allowed."""

import os
import tempfile
from pathlib import Path

import pytest
from repositories import as_nobody, write

from autonomous.adapters.git.recording import attributes_of
from autonomous.adapters.git.worktree import read_regular


def test_reading_leaves_the_access_time_alone(tmp_path):
    write(tmp_path, {"a/b.py": "x"})
    os.utime(tmp_path / "a/b.py", ns=(1, 2))
    assert read_regular(tmp_path, "a/b.py")[0] == b"x"
    assert (tmp_path / "a/b.py").stat().st_atime_ns == 1


def test_a_file_of_somebody_else_can_be_read_too():
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        write(Path(name), {"theirs": "x"})
        with as_nobody():
            assert read_regular(Path(name), "theirs")[0] == b"x"


def test_what_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    write(tmp_path, {"real/x": ""})
    (tmp_path / "link").symlink_to("real")
    for path in ("pipe", "real", "gone", "link/x", "link"):
        with pytest.raises(OSError, match=path.split("/", maxsplit=1)[0]):
            read_regular(tmp_path, path)


def test_files_that_have_no_extended_attributes():
    descriptor = os.open("/proc/self/stat", os.O_RDONLY)
    try:
        assert attributes_of(descriptor) == {}
    finally:
        os.close(descriptor)
