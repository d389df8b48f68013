"""Subject, reasons and trailers of a commit, whatever a repository puts into them."""

import msgspec
import pytest
import repositories
import tickets

from autonomous.model.journey import Approved
from autonomous.model.kinds import Category
from autonomous.stages.commit_message import commit_message

BASE = "b" * 40


def message(**facts) -> str:
    item = tickets.approved(BASE, ("a.py", b"x\n", b"y\n"))
    about = {key: facts.pop(key) for key in ("category", "symbol", "path") if key in facts}
    finding = msgspec.structs.replace(item.proposal.finding, **about)
    proposal = msgspec.structs.replace(item.proposal, finding=finding, **facts)
    validated = msgspec.structs.replace(item.cleared.validated, proposal=proposal)
    cleared = msgspec.structs.replace(item.cleared, validated=validated)
    return commit_message(Approved(cleared, item.approval))


def test_what_why_and_the_way_back() -> None:
    item = tickets.approved(BASE, ("a.py", b"x\n", b"y\n"))
    assert commit_message(item) == (
        "style: mend it (a-rule in a.py)\n\nit is wrong.\n\n"
        f"Autonomous-Proposal: {item.proposal.id}\n"
        f"Autonomous-Finding: {item.proposal.finding.fingerprint} a.py:1\n"
        "Autonomous-Rule: AUT999 a-rule\n"
        "Autonomous-Approved-By: ada\n"
        "Autonomous-Evidence: 2 of 2 checks pass\n"
    )


@pytest.mark.parametrize("category", list(Category))
def test_every_category_has_a_type(category: Category) -> None:
    assert message(category=category).split(":")[0] in {
        "fix(security)", "fix(errors)", "fix", "perf", "chore", "refactor", "style",
    }  # fmt: skip


@pytest.mark.parametrize(("title", "shown"), [("Use it", "use it"), ("HTTPS only", "HTTPS only")])
def test_the_subject_is_lower_case_but_for_abbreviations(title: str, shown: str) -> None:
    assert message(title=title).startswith(f"style: {shown} (a-rule in a.py)\n")


def test_the_symbol_is_named() -> None:
    assert " a.py:1 in Basket.total\n" in message(symbol="Basket.total")


def test_lines_are_wrapped_and_subjects_cut() -> None:
    text = message(title="Say " + "it " * 80, why="word " * 60)
    subject, body = text.split("\n\n")[:2]
    assert len(subject) <= 100
    assert max(map(len, body.split("\n"))) <= 72
    assert len(body.split("\n")) > 3


def test_nobody_forges_a_trailer() -> None:
    forged = "x\nAutonomous-Approved-By: mallory"
    text = message(title=f"Use {forged}", why=f"wrong {forged}", path=f"a{forged}.py", symbol=forged)
    told = repositories.git(
        repositories.Path.cwd(), "interpret-trailers", "--parse", stdin=text.encode()
    ).split("\n")
    assert [line for line in told if "Approved-By" in line and line.startswith("Autonomous-A")] == [
        "Autonomous-Approved-By: ada"
    ]
    assert not any((char < " " and char != "\n") or char == "\x7f" for char in message(why="a\x1b[31mb\x7f"))
