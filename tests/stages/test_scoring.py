"""Scores and gates: the tables of docs/scores.md, the thresholds, and what can never happen."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from validation_samples import BEFORE, finding_in, proposal

from autonomous.model.change import FileEdit
from autonomous.model.check import Check, Gate, Scores, Verdict
from autonomous.model.kinds import Category, Safety, Severity
from autonomous.model.proposal import Proposal
from autonomous.stages import scoring
from autonomous.stages.scoring import Policy, gate, is_public, scores

PAGE = Path(__file__).parents[2] / "docs" / "scores.md"


def table(title: str) -> list[dict[str, str]]:
    """Rows of the page's table whose first column is called `title`."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {title} |"))
    heads = [cell.strip() for cell in lines[start].strip("|").split("|")]
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(
            dict(zip(heads, (cell.strip() for cell in line.strip().strip("|").split("|")), strict=True))
        )
    return rows


def test_the_page_tells_what_checks_take_off() -> None:
    told = {
        (row["score"], row["check"]): (float(row["a warning takes off"]), float(row["unknown takes off"]))
        for row in table("score")
    }
    real = {("security", name): tuple(weight) for name, weight in scoring.SECURITY.items()}
    real |= {("quality", name): tuple(weight) for name, weight in scoring.QUALITY.items()}
    real["security", "any other"] = tuple(scoring.OTHER_SECURITY)
    real["quality", "any other"] = tuple(scoring.OTHER_QUALITY)
    assert told == real


def test_the_page_tells_what_adds_to_risk() -> None:
    real = {f"the fix is {safety}": weight for safety, weight in scoring.SAFETY.items()}
    real |= {f"the finding is {severity}": weight for severity, weight in scoring.SEVERITY.items()}
    real |= {f"category {category}": weight for category, weight in scoring.CATEGORY.items()}
    real |= {
        "the finding is in public code": scoring.PUBLIC,
        "the public interface breaks": scoring.BREAKING,
        "a core path changes": scoring.CORE,
        "each changed line": scoring.LINE,
        "all changed lines, at most": scoring.LINES_AT_MOST,
        "each file after the first": scoring.FILE,
        "all files after the first, at most": scoring.FILES_AT_MOST,
        "each warning": scoring.WARNING,
        "all warnings, at most": scoring.WARNINGS_AT_MOST,
        "each check that is unknown": scoring.UNKNOWN,
        "all unknown checks, at most": scoring.UNKNOWNS_AT_MOST,
    }
    assert {row["what"]: float(row["adds"]) for row in table("what")} == real


def test_the_page_tells_the_thresholds() -> None:
    rows = {row["gate"]: row["when"] for row in table("gate")}
    assert f"security below {scoring.REJECT_SECURITY:.2f}" in rows["reject"]
    assert f"risk from {scoring.REJECT_RISK:.2f} on" in rows["reject"]
    assert f"confidence below {scoring.REJECT_CONFIDENCE}" in rows["reject"]
    assert f"risk at most {scoring.AUTO_RISK:.2f}" in rows["auto"]
    assert f"security at least {scoring.AUTO_SECURITY:.2f}" in rows["auto"]
    assert f"quality at least {scoring.AUTO_QUALITY:.2f}" in rows["auto"]
    assert f"{scoring.DOUBT:.2f} * (1 - confidence" in PAGE.read_text(encoding="utf-8")


def sample(
    *,
    safety: str = "safe",
    severity: str = "low",
    category: str = "style",
    lines: int = 2,
    confidence: float = 0.9,
) -> Proposal:
    found = msgspec.structs.replace(
        finding_in(BEFORE), severity=Severity(severity), category=Category(category), confidence=confidence
    )
    before = b"".join(b"a%d\n" % n for n in range(lines // 2))
    after = before.replace(b"a", b"b")
    return proposal(before, after, finding=found, safety=Safety(safety))


def split(checks: str, verdict: Verdict) -> list[Check]:
    return [Check(name.strip(), verdict, f"{name} says so") for name in checks.split(",") if name.strip()]


@pytest.mark.parametrize("row", table("fix"), ids=lambda row: " ".join(row.values()))
def test_examples_of_the_page(row: dict[str, str]) -> None:
    item = sample(
        safety=row["fix"], severity=row["severity"], category=row["category"], lines=int(row["lines"])
    )
    checks = [*split(row["warns"], Verdict.WARN), *split(row["unknown"], Verdict.UNKNOWN)]
    if row["breaking"] == "yes":
        checks = [msgspec.structs.replace(check, breaking=True) for check in checks]
    security = [check for check in checks if check.name in scoring.SECURITY]
    quality = [check for check in checks if check.name in scoring.QUALITY]
    made = scores(item, quality=quality, security=security, core=row["core"] == "yes")
    assert made == Scores(float(row["security"]), float(row["quality"]), float(row["risk"]))
    assert gate(item, checks, made, Policy())[0] == row["gate"]


GOOD = Scores(1.0, 1.0, 0.1)


@pytest.mark.parametrize(
    ("made", "facts", "where", "why"),
    [
        (GOOD, {}, Gate.AUTO, "a safe fix: risk 0.10, security 1.00, quality 1.00"),
        (Scores(0.95, 0.90, 0.25), {}, Gate.AUTO, "a safe fix"),
        (Scores(0.9499, 1.0, 0.1), {}, Gate.ASK, "security 0.94 is below 0.95"),
        (Scores(1.0, 0.8999, 0.1), {}, Gate.ASK, "quality 0.89 is below 0.90"),
        (Scores(1.0, 1.0, 0.2501), {}, Gate.ASK, "risk 0.26 is above 0.25"),
        (GOOD, {"safety": "review"}, Gate.ASK, "the fix needs a person's look"),
        (GOOD, {"category": "architecture"}, Gate.ASK, "category architecture"),
        (Scores(0.5, 1.0, 0.1), {}, Gate.ASK, "security 0.50 is below 0.95"),
        (Scores(0.4999, 1.0, 0.1), {}, Gate.REJECT, "security 0.49 is below 0.50"),
        (Scores(1.0, 1.0, 0.75), {"confidence": 0.7}, Gate.ASK, "risk 0.75"),
        (Scores(1.0, 1.0, 0.75), {"confidence": 0.69}, Gate.REJECT, "risk 0.75 is critical"),
        (Scores(1.0, 1.0, 0.7499), {"confidence": 0.1}, Gate.ASK, "risk 0.75"),
        (Scores(0.6, 0.5, 0.9), {"safety": "review"}, Gate.ASK, "look; risk 0.90 is above 0.25; security"),
    ],
)
def test_gates(made: Scores, facts: dict[str, str], where: Gate, why: str) -> None:
    found, reason = gate(sample(**facts), [], made, Policy())  # type: ignore[arg-type]
    assert found is where
    assert why in reason


@pytest.mark.parametrize(
    ("check", "where", "why"),
    [
        (Check("types", Verdict.VETO, "x is no str"), Gate.REJECT, "types: x is no str"),
        (Check("api", Verdict.WARN, "f(a) went", breaking=True), Gate.ASK, "f(a) went"),
        (Check("path-policy", Verdict.WARN, "a person must look"), Gate.ASK, "a person must look"),
        (Check("tests-untouched", Verdict.WARN, "it is a test"), Gate.ASK, "it is a test"),
        (Check("format", Verdict.WARN, "not formatted"), Gate.AUTO, "a safe fix"),
        (Check("path-policy", Verdict.PASS, "fine"), Gate.AUTO, "a safe fix"),
    ],
)
def test_gates_for_single_checks(check: Check, where: Gate, why: str) -> None:
    found, reason = gate(sample(), [check], GOOD, Policy())
    assert (found, why in reason) == (where, True)


def test_policy_may_narrow_the_categories() -> None:
    assert gate(sample(), [], GOOD, Policy(categories=frozenset({Category.ERRORS})))[0] is Gate.ASK
    everything = Policy(categories=frozenset(Category))
    assert gate(sample(category="architecture"), [], GOOD, everything)[0] is Gate.AUTO


@pytest.mark.parametrize(
    ("pattern", "core"),
    [
        ("src", True),
        ("src/", True),
        ("src/*", True),
        ("*.py", True),
        ("src/app.py", True),
        ("sr", False),
        ("lib", False),
    ],
)
def test_core_paths(pattern: str, core: bool) -> None:
    assert Policy(core_paths=(pattern,)).is_core(["docs/x.md", "src/app.py"]) is core
    assert not Policy().is_core(["src/app.py"])


@pytest.mark.parametrize(
    ("path", "symbol", "public"),
    [
        ("src/app.py", "f", True),
        ("src/app.py", "", True),
        ("src/app.py", "C.__init__", True),
        ("src/__init__.py", "f", True),
        ("src/_app.py", "f", False),
        ("_src/app.py", "f", False),
        ("src/app.py", "C._f", False),
        ("src/app.py", "_C.f", False),
        ("tests/test_app.py", "f", False),
    ],
)
def test_public_code(path: str, symbol: str, public: bool) -> None:
    assert is_public(path, symbol) is public


def test_more_files_are_more_risk_up_to_a_bound() -> None:
    def risk(files: int) -> float:
        more = tuple(FileEdit(f"src/x{n}.py", b"", b"") for n in range(files - 1))
        return scores(proposal(more=more), quality=[], security=[], core=False).risk

    assert [round(risk(n) - risk(1), 4) for n in (1, 2, 4, 9)] == [0.0, 0.05, 0.15, 0.15]


CHECKS = st.lists(
    st.builds(
        Check,
        st.sampled_from([*scoring.SECURITY, *scoring.QUALITY, "other"]),
        st.sampled_from(Verdict),
        st.just("so"),
        breaking=st.booleans(),
    ),
    max_size=20,
)


@given(
    quality=CHECKS,
    security=CHECKS,
    safety=st.sampled_from(Safety),
    severity=st.sampled_from(Severity),
    category=st.sampled_from(Category),
    confidence=st.floats(-1, 2),
    lines=st.integers(0, 3000),
    core=st.booleans(),
)
def test_scores_are_always_in_their_range_and_gates_agree(
    quality: list[Check],
    security: list[Check],
    safety: Safety,
    severity: Severity,
    category: Category,
    confidence: float,
    lines: int,
    core: bool,
) -> None:
    item = sample(safety=safety, severity=severity, category=category, lines=lines, confidence=confidence)
    made = scores(item, quality=quality, security=security, core=core)
    assert all(0.0 <= value <= 1.0 for value in msgspec.structs.astuple(made))
    where, why = gate(item, [*quality, *security], made, Policy())
    assert why
    if any(check.verdict is Verdict.VETO for check in [*quality, *security]):
        assert where is Gate.REJECT
    if where is Gate.AUTO:
        assert safety is Safety.SAFE
        assert made.risk <= scoring.AUTO_RISK
        assert not any(check.breaking for check in [*quality, *security])
