"""Imports of a file that several changes meet in."""

import pytest

from autonomous.model.patch import Hunk, hunks_between
from autonomous.rulebook.together import leaves_import, missing_import

FILE = b"import os\nimport sys\n\n\ndef a():\n    return os.sep\n\n\ndef b():\n    return 1\n"


def change(*pairs: tuple[bytes, bytes]) -> tuple[Hunk, ...]:
    after = FILE
    for old, new in pairs:
        assert old in after
        after = after.replace(old, new, 1)
    return hunks_between(FILE, after)


TAKES = change((b"import os\n", b""), (b"os.sep", b"'/'"))
USES = change((b"return 1", b"return os.name"))
USES_OWN = change((b"return 1", b"os = 1\n    return os"))
WITHOUT = change((b"os.sep", b"'/'"))


def test_an_import_that_another_change_begins_to_use() -> None:
    assert missing_import("m.py", FILE, (*TAKES, *USES)) == "os"
    assert missing_import("m.py", FILE, (*USES, *TAKES)) == "os"


@pytest.mark.parametrize("hunks", [TAKES, USES, (*TAKES, *USES_OWN)], ids=["takes", "uses", "own-name"])
def test_nothing_is_missing(hunks: tuple[Hunk, ...]) -> None:
    assert missing_import("m.py", FILE, hunks) == ""


def test_only_python_that_can_be_read_is_judged() -> None:
    assert missing_import("m.txt", FILE, (*TAKES, *USES)) == ""
    broken = change((b"import os\n", b"import os as (\n"))
    assert missing_import("m.py", FILE, broken) == ""
    assert not leaves_import("m.py", FILE, (*broken, *WITHOUT))
    assert missing_import("m.py", b"import (\n", ()) == ""


def test_an_import_that_all_changes_together_make_needless() -> None:
    assert leaves_import("m.py", FILE, WITHOUT)
    assert not leaves_import("m.py", FILE, TAKES)
    assert not leaves_import("m.py", FILE, change((b"return 1", b"return 2"))), "sys was unused before"
