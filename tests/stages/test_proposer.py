"""Every way to fix a finding, or why there is none: the reasons are told apart."""

from collections.abc import Callable

import msgspec
import repositories
import tickets
from workbench import Workbench, shipped

from autonomous.model.finding import Finding, Target
from autonomous.model.journey import Dropped
from autonomous.model.kinds import StageName
from autonomous.model.proposal import Proposal
from autonomous.stages.proposer import NO_FIX, Proposer
from autonomous.stages.scanner import Scanner

Make = Callable[..., Workbench]
NOT_IN = 'def f(a, b):\n    """F."""\n    return not a in b\n'


def findings(bench: Workbench) -> dict[str, Finding]:
    """The findings of the first commit by the name of their rule."""
    scans = Scanner(shipped())(Target(), bench.ports_at(bench.base))
    return {found.name: found for each in scans for found in each.findings}


def propose(bench: Workbench, found: Finding, at: str = "") -> list[Proposal | Dropped]:
    commit = at or bench.base
    return list(Proposer(shipped(), commit)(found, bench.ports_at(commit)))


def reason(bench: Workbench, found: Finding, at: str = "") -> str:
    (dropped,) = propose(bench, found, at)
    assert isinstance(dropped, Dropped)
    assert (dropped.finding, dropped.stage, dropped.proposal) == (found, StageName.PROPOSER, None)
    return dropped.reason


def test_a_fix_is_a_proposal_on_the_base(bench: Make) -> None:
    shop = bench({"a.py": NOT_IN})
    found = findings(shop)["not-in"]
    (made,) = propose(shop, found)
    assert isinstance(made, Proposal)
    assert (made.finding, made.alternative, made.writer) == (found, 0, f"rule {found.rule}")
    assert made.change.base == shop.base
    (edit,) = made.change.edits
    assert (edit.path, edit.before) == ("a.py", NOT_IN.encode())
    assert edit.after == NOT_IN.replace("not a in b", "a not in b").encode()


def test_other_ways_are_numbered_and_differ(bench: Make) -> None:
    shop = bench({"a.py": "import hashlib\n\n\ndef f(data):\n    return hashlib.md5(data).hexdigest()\n"})
    made = propose(shop, findings(shop)["weak-hash"])
    assert [way.alternative for way in made] == [0, 1]
    assert len({way.id for way in made}) == len({way.change.edits[0].after for way in made}) == 2


def test_a_suggestion_is_never_applied(bench: Make) -> None:
    shop = bench({"a.py": "import subprocess\n\n\ndef f(cmd):\n    subprocess.run(cmd, shell=True)\n"})
    assert reason(shop, findings(shop)["subprocess-shell"]).startswith("a suggestion only: ")


def test_nothing_can_fix_it(bench: Make) -> None:
    shop = bench({"a.py": "import os\n\n\ndef f(path):\n    os.system(path)\n"})
    assert reason(shop, findings(shop)["os-system"]) == NO_FIX


def test_a_rule_of_another_tool_can_fix_nothing(bench: Make) -> None:
    shop = bench({"a.py": NOT_IN})
    assert reason(shop, tickets.finding("a.py", rule="B602", engine="bandit")) == NO_FIX


def test_what_is_gone_is_not_called_unfixable(bench: Make) -> None:
    shop = bench({"a.py": NOT_IN})
    found = findings(shop)["not-in"]
    later = repositories.commit(shop.root, {"a.py": NOT_IN.replace("not a in b", "a not in b")})
    said = reason(shop, found, later)
    assert said == f"no longer found at {later[:12]}: the file changed since the scan, or is not committed"
    unfixable = msgspec.structs.replace(found, fingerprint=tickets.finding().fingerprint)
    assert "no longer found" in reason(shop, unfixable)


def test_a_file_that_cannot_be_read_says_why(bench: Make) -> None:
    shop = bench({"a.py": NOT_IN})
    found = findings(shop)["not-in"]
    assert reason(shop, msgspec.structs.replace(found, path="b.py")) == f"not in commit {shop.base[:12]}"
    later = repositories.commit(shop.root, {"a.py": "def ("})
    assert reason(shop, found, later).startswith("syntax error on line 1")
