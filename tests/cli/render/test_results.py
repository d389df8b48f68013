"""The end of a run says what landed, what did not and why, and what to type next."""

import cli_samples
import pytest

from autonomous.cli.render.results import closing


def plain(*outcomes, waiting: int = 0, width: int = 80, **changes: object) -> str:
    flow = cli_samples.workflow(**changes)
    return (
        "\n".join(line.plain for line in closing(flow, outcomes, waiting=waiting, home="main", width=width))
        + "\n"
    )


def test_a_run_with_a_culprit() -> None:
    assert plain(cli_samples.landed(), cli_samples.rolled_back(), cli_samples.dropped(), waiting=2) == (
        ' culprit   7c1e7c1e  "pass a list, no shell" in src/client.py: rolled back\n'
        "           1 test fails with it and passes without it\n"
        " left out  src/client.py:6  Command run through a shell: mypy reports a new\n"
        "           error\n"
        " result    1 change on auto/improve-src · your files, index and branch are as\n"
        "           they were\n"
        "\n"
        " decide    autonomous approve wf-3fa2   (2 changes waiting for your answer)\n"
        " look      git log -p main..auto/improve-src\n"
        " take      git merge auto/improve-src\n"
        " undo      autonomous rollback --workflow wf-3fa2\n"
    )


def test_nothing_landed() -> None:
    assert plain(branch="") == (
        " result    nothing landed · your files, index and branch are as they were\n"
        "\n"
        " next      autonomous status wf-3fa2   (where each item is, and why)\n"
    )


def test_only_waiting() -> None:
    text = plain(branch="", waiting=1)
    assert "decide    autonomous approve wf-3fa2   (1 change waiting for your answer)" in text
    assert "next" not in text


def test_many_dropped_items_are_counted_not_listed() -> None:
    text = plain(*[cli_samples.dropped()] * 25, width=200)
    assert text.count("src/client.py:6") == 20
    assert "5 more of 25: autonomous status wf-3fa2" in text


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\u202e"])
def test_hostile_text_is_escaped(hostile: str) -> None:
    bad = cli_samples.proposal(title=hostile, finding=cli_samples.finding(path=hostile, title=hostile))
    text = plain(cli_samples.landed(bad), branch=f"refs/heads/auto/{hostile}")
    assert hostile not in text
