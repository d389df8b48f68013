"""The security validator: what it refuses, what it leaves to a person, and what may pass by policy."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from validation_samples import AFTER, BEFORE, PATH, Words, finding_in, issue, ports, proposal, reading

from autonomous.model.change import FileEdit
from autonomous.model.check import Check, Gate, Verdict
from autonomous.model.issue import Issue
from autonomous.model.journey import Cleared, Dropped, Validated
from autonomous.model.kinds import Severity, StageName
from autonomous.model.proposal import Proposal
from autonomous.model.workflow import Limits
from autonomous.ports.analyzer import AnalysisFailed
from autonomous.stages.checks import tests_untouched as judges
from autonomous.stages.checks.dangerous_calls import dangerous_calls
from autonomous.stages.checks.letters import letters, scripts
from autonomous.stages.checks.path_policy import path_policy
from autonomous.stages.checks.second_opinion import SecondOpinion
from autonomous.stages.checks.size import Size
from autonomous.stages.scoring import Policy
from autonomous.stages.security_validator import SecurityValidator


def written(code: str, *, before: str = "x = 0\n", writer: str = "rule AUT001") -> Proposal:
    return proposal(before.encode(), code.encode(), finding=finding_in(BEFORE), writer=writer)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("eval('1')", "eval"),
        ("run = eval", "eval"),
        ("import builtins\nbuiltins.exec('1')", "exec"),
        ("exec('1')", "exec"),
        ("compile('1', 'f', 'exec')", "compile"),
        ("import re\nre.compile('1')", None),
        ("model.eval()", None),
        ("__import__('os')", "an import by name"),
        ("import os\nos.system('ls')", "a shell command"),
        ("from os import system as s\ns('ls')", "a shell command"),
        ("import os as o\no.popen('ls')", "a shell command"),
        ("import os\nos.execv('ls', [])", "a started process"),
        ("import subprocess\nsubprocess.run('ls', shell=True)", "shell=True"),
        ("import subprocess\nsubprocess.run('ls', shell=flag)", "shell=True"),
        ("import subprocess\nsubprocess.run(['ls'], shell=False)", None),
        ("import subprocess\nsubprocess.getoutput('ls')", "a shell command"),
        ("import pickle\npickle.loads(b'')", "unpickling"),
        ("from pickle import loads\nloads(b'')", "unpickling"),
        ("import pickle", None),
        ("import marshal\nmarshal.loads(b'')", "unmarshalling"),
        ("import ctypes\nctypes.CDLL('x')", "native code"),
        ("import numpy\nnumpy.load('x', allow_pickle=True)", "unpickling"),
        ("import yaml\nyaml.load(x)", "unsafe YAML"),
        ("import yaml\nyaml.load(x, Loader=yaml.SafeLoader)", None),
        ("import yaml\nyaml.safe_load(x)", None),
        ("import requests\nrequests.get(x, verify=False)", "verify=False"),
        ("import requests\nrequests.get(x, verify=True)", None),
        ("import ssl\nc.verify_mode = ssl.CERT_NONE", "TLS without verification"),
        ("f(check_hostname=False)", "check_hostname=False"),
        ("getattr(os, 'system')('ls')", "a dangerous name reached by a string"),
        ("getattr(os, 'sep')", None),
        ("open('../../etc/passwd')", "a path out of the tree"),
        ("open('/etc/passwd')", "a path out of the tree"),
        ("x = 'and so on...'", None),
        ("def eval(x):\n    return x\neval(1)", None),  # a name of the file's own
    ],
)
def test_dangerous_calls(code: str, kind: str | None) -> None:
    check = dangerous_calls(written(f"{code}\n"), ports(), reading())
    assert check.verdict is (Verdict.VETO if kind else Verdict.PASS)
    assert kind is None or check.reason.startswith(f"the change brings {kind} (src/app.py:")


def test_what_was_there_may_stay_and_move_but_not_multiply() -> None:
    before = "eval('1')\nx = 0\n"
    assert (
        dangerous_calls(written("x = 0\neval('1')\n", before=before), ports(), reading()).verdict
        is Verdict.PASS
    )
    assert dangerous_calls(written("x = 0\n", before=before), ports(), reading()).verdict is Verdict.PASS
    twice = dangerous_calls(written("eval('1')\neval('2')\n", before=before), ports(), reading())
    assert twice.verdict is Verdict.VETO


@pytest.mark.parametrize(
    ("after", "verdict", "words"),
    [
        ("x = 1\n", Verdict.PASS, ""),
        ("x = 'caf\u00e9'\n", Verdict.PASS, ""),
        ("na\u00efve = 1\n", Verdict.PASS, ""),
        ("x = '\U0001f600'\n", Verdict.PASS, ""),
        ("x = 'a\u202eb'\n", Verdict.VETO, "\\u202e"),
        ("x = 'a\u2066b'\n", Verdict.VETO, "\\u2066"),
        ("x = 'a\u200bb'\n", Verdict.VETO, "\\u200b"),
        ("x = 1  # \u00ad\n", Verdict.VETO, "\\xad"),
        ("x = '\x1b[2K'\n", Verdict.VETO, "\\x1b"),
        ("x = '\U000e0041'\n", Verdict.VETO, "\\U000e0041"),
        ("x = '\u2028'\n", Verdict.VETO, "\\u2028"),
        ("\u3164 = 1\n", Verdict.VETO, "\\u3164"),
        ("\ufeffx = 1\n", Verdict.PASS, ""),
        ("p\u0430ssword = 1\n", Verdict.VETO, "mixes CYRILLIC and LATIN"),
        ("\uff45val('1')\n", Verdict.VETO, "mixes FULLWIDTH and LATIN"),
        ("\u0441\u043e\u0440\u0443 = 1\n", Verdict.VETO, "first CYRILLIC word of the file"),
        ("\u6771\u4eac\u30bf\u30ef\u30fc = 1\n", Verdict.VETO, "first"),
    ],
)
def test_letters(after: str, verdict: Verdict, words: str) -> None:
    check = letters(written(after), ports(), reading())
    assert check.verdict is verdict
    assert words in check.reason
    assert check.reason.isascii()


def test_letters_that_the_file_has_already_may_come_again() -> None:
    before = "# \u0441\u043e\u0440\u0443 \u6771\u4eac\nx = 'a\u200bb'\n"
    assert (
        letters(written(before + "\u043e\u0440 = 1\n", before=before), ports(), reading()).verdict
        is Verdict.PASS
    )
    hidden = letters(written(before + "y = '\u200b'\n", before=before), ports(), reading())
    assert hidden.verdict is Verdict.VETO


def test_a_person_may_begin_another_script_but_not_mix() -> None:
    assert letters(written("\u03c0 = 3\n", writer="person"), ports(), reading()).verdict is Verdict.WARN
    assert letters(written("p\u0430y = 3\n", writer="person"), ports(), reading()).verdict is Verdict.VETO


def test_scripts_come_from_the_unicode_database() -> None:
    assert scripts("a_1\u0430\u4e00") == {"LATIN", "CYRILLIC", "CJK"}


@pytest.mark.parametrize(
    ("path", "about_it", "elsewhere"),
    [
        ("src/app.py", Verdict.PASS, Verdict.PASS),
        ("pyproject.toml", Verdict.WARN, Verdict.VETO),
        (".gitattributes", Verdict.WARN, Verdict.VETO),
        ("sub/.GitModules", Verdict.WARN, Verdict.VETO),
        ("tests/conftest.py", Verdict.WARN, Verdict.VETO),
        ("tests/ConfTest.py. ", Verdict.WARN, Verdict.VETO),
        (".github/workflows/x.yml", Verdict.WARN, Verdict.VETO),
        (".gitlab-ci.yml", Verdict.WARN, Verdict.VETO),
        (".pre-commit-config.yaml", Verdict.WARN, Verdict.VETO),
        (".autonomous/baseline.json", Verdict.WARN, Verdict.VETO),
        ("autonomous.toml", Verdict.WARN, Verdict.VETO),
        (".git/config", Verdict.VETO, Verdict.VETO),
        ("a/.GIT /hooks/x", Verdict.VETO, Verdict.VETO),
        ("../x.py", Verdict.VETO, Verdict.VETO),
        ("a/../../x.py", Verdict.VETO, Verdict.VETO),
        ("/etc/passwd", Verdict.VETO, Verdict.VETO),
        ("a\\b.py", Verdict.VETO, Verdict.VETO),
        ("", Verdict.VETO, Verdict.VETO),
    ],
)
def test_path_policy(path: str, about_it: Verdict, elsewhere: Verdict) -> None:
    found = finding_in(BEFORE)
    here = proposal(path=path, finding=msgspec.structs.replace(found, path=path))
    assert path_policy(here, ports(), reading()).verdict is about_it
    there = proposal(path=path, finding=msgspec.structs.replace(found, path="src/another.py"))
    assert path_policy(there, ports(), reading()).verdict is elsewhere


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tests/app.py", True),
        ("src/test_app.py", True),
        ("src/app_test.py", True),
        ("pkg/testing/x.py", True),
        ("conftest.py", True),
        ("src/contest.py", False),
        ("src/latest.py", False),
        ("src/testimony.py", False),
    ],
)
def test_what_a_test_is(path: str, expected: bool) -> None:
    assert judges.is_test(path) is expected


def test_a_change_does_not_touch_the_tests_that_judge_it() -> None:
    assert judges.tests_untouched(proposal(), ports(), reading()).verdict is Verdict.PASS
    more = (FileEdit("tests/test_app.py", b"assert 1\n", b"assert True\n"),)
    assert judges.tests_untouched(proposal(more=more), ports(), reading()).verdict is Verdict.VETO
    own = proposal(path="tests/test_app.py")
    assert judges.tests_untouched(own, ports(), reading()).verdict is Verdict.WARN
    foreign = msgspec.structs.replace(own, finding=finding_in(BEFORE))
    assert judges.tests_untouched(foreign, ports(), reading()).verdict is Verdict.VETO


@pytest.mark.parametrize(("limit", "verdict"), [(1, Verdict.VETO), (2, Verdict.PASS), (3, Verdict.PASS)])
def test_size(limit: int, verdict: Verdict) -> None:
    assert Size(limit)(proposal(), ports(), reading()).verdict is verdict


class Tool:
    """An analyzer that reports a mark in the text with the severity written behind it."""

    name = "bandit"

    def __init__(self) -> None:
        self.asked = 0

    def issues(self, path: str, data: bytes) -> tuple[Issue, ...]:
        self.asked += 1
        if b"broken" in data:
            raise AnalysisFailed(self.name, path=path, reason="it fell over")
        words = data.decode().split()
        return tuple(
            issue(path, severity=word.removeprefix("mark:"), key=word)
            for word in words
            if word.startswith("mark:")
        )


@pytest.mark.parametrize(
    ("before", "after", "verdict", "words"),
    [
        ("x", "y", Verdict.PASS, "bandit reports nothing new"),
        ("mark:high", "x mark:high", Verdict.PASS, "nothing new"),
        ("mark:high", "mark:high mark:high", Verdict.VETO, "new: src/app.py:1 something [X1]"),
        ("x", "mark:critical", Verdict.VETO, "new:"),
        ("x", "mark:low mark:medium", Verdict.WARN, "new:"),
        ("x", "mark:low", Verdict.PASS, "nothing new above low; src/app.py:1 something"),
        ("x", "broken", Verdict.UNKNOWN, "it fell over"),
    ],
)
def test_second_opinion(before: str, after: str, verdict: Verdict, words: str) -> None:
    check = SecondOpinion(Tool())(written(after, before=before), ports(), reading())
    assert (check.name, check.verdict) == ("bandit", verdict)
    assert words in check.reason


def test_second_opinions_remember_what_was_before() -> None:
    tool = Tool()
    opinion = SecondOpinion(tool)
    for after in ("a", "b", "c"):
        opinion(written(after), ports(), reading())
    gone = proposal(BEFORE, None)
    assert opinion(gone, ports(), reading()).verdict is Verdict.PASS
    assert tool.asked == 5


def validated(item: Proposal | None = None, *checks: Check) -> Validated:
    return Validated(item or proposal(), checks)


def test_a_safe_change_is_cleared_for_policy() -> None:
    tool = Tool()
    stage = SecurityValidator(rulebook=Words())
    (result,) = stage(validated(), ports(files=[tool]))
    assert isinstance(result, Cleared)
    assert [check.name for check in result.checks] == [
        "path-policy",
        "tests-untouched",
        "size",
        "letters",
        "dangerous-calls",
        "security-rules",
        "bandit",
    ]
    assert result.gate is Gate.AUTO
    assert result.gate_reason == "a safe fix: risk 0.05, security 1.00, quality 0.99"
    list(stage(validated(), ports(files=[tool])))
    assert tool.asked == 2, "answers are remembered from one change to the next"


def test_without_a_second_opinion_a_person_decides() -> None:
    (result,) = SecurityValidator(rulebook=Words())(validated(), ports())
    assert isinstance(result, Cleared)
    assert (result.gate, result.gate_reason) == (Gate.ASK, "security 0.90 is below 0.95")


def test_core_paths_and_limits_are_kept() -> None:
    stage = SecurityValidator(
        rulebook=Words(), policy=Policy(core_paths=("src/*.py",)), limits=Limits(changed_lines=2)
    )
    (result,) = stage(validated(), ports(files=[Tool()]))
    assert isinstance(result, Cleared)
    assert result.scores.risk == pytest.approx(0.204)
    (result,) = SecurityValidator(rulebook=Words(), limits=Limits(changed_lines=1))(validated(), ports())
    assert isinstance(result, Dropped)
    assert result.reason == "size: 2 changed lines, 1 are allowed (limits.changed_lines)"


def test_a_veto_drops_the_change_with_all_checks_so_far() -> None:
    first = Check("parses", Verdict.PASS, "fine")
    wanted = proposal(after=b"eval('1')\n", finding=finding_in(BEFORE))
    (result,) = SecurityValidator(rulebook=Words())(validated(wanted, first), ports())
    assert isinstance(result, Dropped)
    assert result.stage is StageName.SECURITY_VALIDATOR
    assert result.reason == "dangerous-calls: the change brings eval (src/app.py:1)"
    assert [check.name for check in result.checks] == [
        "parses",
        "path-policy",
        "tests-untouched",
        "size",
        "letters",
        "dangerous-calls",
    ]


def test_what_does_not_parse_is_dropped_here_too() -> None:
    wanted = proposal(after=b"def f(:\n", finding=finding_in(BEFORE))
    (result,) = SecurityValidator(rulebook=Words())(validated(wanted), ports(files=[Tool()]))
    assert isinstance(result, Dropped)
    assert result.reason.startswith("parses: src/app.py after the change: syntax error on line 1")


def test_a_new_severe_report_of_another_tool_drops_it() -> None:
    wanted = proposal(after=AFTER + b"# mark:high\n")
    (result,) = SecurityValidator(rulebook=Words())(validated(wanted), ports(files=[Tool()]))
    assert isinstance(result, Dropped)


LINES = st.sampled_from(
    [
        "x = 1\n",
        "good(1)\n",
        "leak(1)\n",
        "eval('1')\n",
        "y = '\u202e'\n",
        "p\u0430y = 1\n",
        "open('/etc/passwd')\n",
        "# mark:high\n",
        "# mark:medium\n",
        "# broken\n",
        "def f(:\n",
    ]
)


@given(
    lines=st.lists(LINES, max_size=6),
    path=st.sampled_from([PATH, "tests/test_a.py", "conftest.py", "../x.py", "src/_private.py"]),
    severity=st.sampled_from(Severity),
    confidence=st.floats(0, 1),
    verdicts=st.lists(st.sampled_from([Verdict.PASS, Verdict.WARN, Verdict.UNKNOWN]), max_size=8),
)
def test_a_veto_never_leads_to_cleared(
    lines: list[str], path: str, severity: Severity, confidence: float, verdicts: list[Verdict]
) -> None:
    found = msgspec.structs.replace(finding_in(BEFORE), severity=severity, confidence=confidence)
    wanted = proposal(BEFORE, "".join(lines).encode(), path=path, finding=found)
    checks = tuple(Check(f"layer-{n}", verdict, "so", breaking=n == 3) for n, verdict in enumerate(verdicts))
    (result,) = SecurityValidator(rulebook=Words())(Validated(wanted, checks), ports(files=[Tool()]))
    vetoed = any(check.verdict is Verdict.VETO for check in result.checks)
    assert isinstance(result, Dropped) or not vetoed
    if isinstance(result, Cleared):
        assert result.gate is not Gate.REJECT
        assert all(0.0 <= score <= 1.0 for score in msgspec.structs.astuple(result.scores))
