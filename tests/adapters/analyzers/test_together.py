"""Many changes at once: the same verdicts as one by one, for a fraction of the work."""

from pathlib import Path

from autonomous.adapters.analyzers.mypy import Types
from autonomous.adapters.analyzers.together import together
from autonomous.model.change import ChangeSet, FileEdit

BEFORE = b"def one() -> int:\n    return 1\n\n\ndef two() -> int:\n    return 2\n"
BASE = "0" * 40


class Tree:
    """A tree of one file."""

    def paths(self, targets=()):
        return iter(["a.py"])

    def read(self, path):
        return BEFORE

    def exists(self, path):
        return path == "a.py"


def change(old: bytes, new: bytes) -> ChangeSet:
    return ChangeSet(BASE, (FileEdit("a.py", BEFORE, BEFORE.replace(old, new)),))


def test_what_fits_is_one_change() -> None:
    first, second, clash = change(b"1", b"10"), change(b"2", b"20"), change(b"return 1", b"return 3")
    combined, fitting = together([first, second, clash])
    assert fitting == (first, second)
    assert combined.edits[0].after == BEFORE.replace(b"1", b"10").replace(b"2", b"20")


def test_what_creates_a_file_is_left_out() -> None:
    new = ChangeSet(BASE, (FileEdit("b.py", None, b"x = 1\n"),))
    assert together([new])[1] == ()


def test_a_wrong_change_among_good_ones_is_still_found(tmp_path: Path) -> None:
    good, wrong, files = change(b"1", b"10"), change(b"return 2", b"return ''"), Tree()
    types = Types(tmp_path)
    try:
        types.prepare([good, wrong], files)
        assert types.compare(good, files).new == ()
        assert [issue.code for issue in types.compare(wrong, files).new] == ["return-value"]
    finally:
        types.close()


def test_good_ones_together_are_not_asked_again(tmp_path: Path) -> None:
    changes, files = [change(b"1", b"10"), change(b"2", b"20")], Tree()
    types = Types(tmp_path)
    types.prepare(changes, files)
    types.close()
    (tmp_path / "mypy.ini").unlink()
    assert [types.compare(one, files).unknown for one in changes] == ["", ""]
    assert not (tmp_path / "mypy.ini").exists(), "mypy was asked again"
