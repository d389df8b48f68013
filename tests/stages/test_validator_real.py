"""Both validators with the shipped rules, real bandit, detect-secrets, mypy, griffe and ruff."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from validation_samples import ports

from autonomous.adapters.analyzers.bandit import Bandit
from autonomous.adapters.analyzers.detect_secrets import DetectSecrets
from autonomous.adapters.analyzers.formatter import Formatter
from autonomous.adapters.analyzers.griffe import Interface
from autonomous.adapters.analyzers.mypy import Types
from autonomous.analysis.source import read_source
from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.check import Gate, Verdict
from autonomous.model.journey import Cleared, Dropped, Validated
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.rulebook.book import Rulebook
from autonomous.rulebook.shelf import load_rules, shelf
from autonomous.stages.security_validator import SecurityValidator
from autonomous.stages.validator import Validator

PATH = "src/pkg/app.py"
BEFORE = b'''\
"""Settings."""

import yaml


def read(text: str, fallback: dict[str, int] | None) -> object:
    # The fallback wins.
    if fallback == None:
        return yaml.load(text)
    return fallback


def known(name: str) -> bool:
    return not name in {"a", "b"}
'''
NONE = BEFORE.replace(b"fallback == None", b"fallback is None")
YAML = BEFORE.replace(b"yaml.load(text)", b"yaml.safe_load(text)")
NOT_IN = BEFORE.replace(b"not name in", b"name not in")
TREE: dict[str, bytes | None] = {
    PATH: BEFORE,
    "src/pkg/__init__.py": b"",
    "src/pkg/use.py": b"from pkg.app import read\n\nread('a', None)\n",
    "pyproject.toml": b'[project]\ndependencies = ["pyyaml"]\n[tool.ruff]\n',
}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook(load_rules([shelf()]))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ports]:
    scratch = tmp_path_factory.mktemp("scratch")
    types = Types(scratch / "types")
    search = str(Path(sys.executable).parent)
    yield ports(
        TREE,
        changes=(types, Interface(), Formatter(scratch, search=search)),
        files=(Bandit(scratch), DetectSecrets(scratch)),
    )
    types.close()


def proposed(rulebook: Rulebook, rule: str, after: bytes | None = None) -> Proposal:
    """The rule's preferred change of the file, or `after` in its place."""
    source = read_source(PATH, BEFORE)
    finding = next(finding for finding in rulebook.find(source) if finding.name == rule)
    rewrite = rulebook.rewrites(source, finding)[0]
    change = ChangeSet("b" * 40, (FileEdit(PATH, BEFORE, after or rewrite.after),))
    return Proposal(finding, change, f"rule {finding.rule}", rewrite.safety, rewrite.title, finding.message)


def judged(proposal: Proposal, rulebook: Rulebook, real: Ports) -> Cleared | Dropped:
    (result,) = Validator(rulebook=rulebook)(proposal, real)
    if isinstance(result, Validated):
        (judgement,) = SecurityValidator(rulebook=rulebook)(result, real)
        return judgement
    return result


@pytest.mark.parametrize(
    ("rule", "after"), [("none-comparison", NONE), ("yaml-load", YAML), ("not-in", NOT_IN)]
)
def test_fixes_of_the_shipped_rules_pass_every_layer(
    rulebook: Rulebook, real: Ports, rule: str, after: bytes
) -> None:
    proposal = proposed(rulebook, rule)
    assert proposal.change.edits[0].after == after
    result = judged(proposal, rulebook, real)
    assert isinstance(result, Cleared)
    assert {check.name: check.reason for check in result.evidence if check.verdict is not Verdict.PASS} == {}
    assert len(result.evidence) == 19
    assert result.gate is (Gate.AUTO if proposal.safety == "safe" else Gate.ASK)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"return fallback\n", b"return fallback +\n", "parses: "),
        (b"is None", b"is 'none'", "nothing-new: "),
        (b'"""Settings."""\n', b'"""Settings."""\nimport pickle, nowhere_at_all\n', "imports-resolve: "),
        (b"    # The fallback wins.\n", b"", "comments-kept: the change loses # The fallback wins."),
        (b"return fallback\n", b"return fallback.size\n", "types: src/pkg/app.py:10 "),
        (b"yaml.load(text)", b"eval(text)", "nothing-new: "),
        (
            b"return fallback\n",
            b"return read('../../x', {})\n",
            "dangerous-calls: the change brings a path out",
        ),
        (b"return fallback\n", b"return fallback or 'AKIAQWERTYUIOPASDFGH'\n", "detect-secrets: new: "),
        (b"return fallback\n", b"f\xd0\xb0llback = fallback\n    return fallback\n", "letters: "),
    ],
)
def test_what_an_attacker_adds_to_a_good_fix_is_refused(
    rulebook: Rulebook, real: Ports, old: bytes, new: bytes, reason: str
) -> None:
    assert NONE.count(old) == 1
    result = judged(proposed(rulebook, "none-comparison", NONE.replace(old, new)), rulebook, real)
    assert isinstance(result, Dropped)
    assert result.reason.startswith(reason)


def test_a_change_of_the_interface_is_named_and_left_to_a_person(rulebook: Rulebook, real: Ports) -> None:
    after = NONE.replace(b"text: str, fallback", b"content: str, fallback").replace(
        b"load(text)", b"load(content)"
    )
    result = judged(proposed(rulebook, "none-comparison", after), rulebook, real)
    assert isinstance(result, Cleared)
    assert result.gate is Gate.ASK
    assert "read(text)" in result.gate_reason
    assert [check.name for check in result.evidence if check.breaking] == ["api"]


def test_a_change_that_the_projects_formatter_would_undo_is_told(rulebook: Rulebook, real: Ports) -> None:
    after = NONE.replace(b"is None:", b"is   None:")
    result = judged(proposed(rulebook, "none-comparison", after), rulebook, real)
    assert isinstance(result, Cleared)
    warned = [check for check in result.evidence if check.verdict is Verdict.WARN]
    assert [check.reason for check in warned] == [
        "src/pkg/app.py:1 ruff would format it differently: run `ruff format` afterwards"
    ]
