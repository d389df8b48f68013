"""Every document is plain ASCII, holds to its schema, and the schemas in docs/ are those of the code."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import cli_samples
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from autonomous.cli.render.json import KINDS, document, schema
from autonomous.cli.render.json_facts import (
    DecisionFacts,
    Fault,
    Judgement,
    OutcomeFacts,
    ProposalFacts,
    Provision,
    RuleFacts,
    RunFacts,
    TestFacts,
)
from autonomous.cli.render.json_types import (
    AnyDocument,
    AuditDocument,
    CheckpointsDocument,
    DoctorDocument,
    ErrorDocument,
    InitDocument,
    ProposalsDocument,
    ReviewDocument,
    RollbackDocument,
    RulesDocument,
    RunDocument,
    ScanDocument,
    StatusDocument,
    TestDocument,
    ValidationDocument,
)
from autonomous.model.audit import AuditEvent, AuditFault, AuditRecord
from autonomous.model.checkpoint import Checkpoint, Restored
from autonomous.model.digest import Digest
from autonomous.model.finding import ScanSummary, Span, TraceStep, Unreadable
from autonomous.model.journey import Approval, Rejection
from autonomous.model.kinds import Safety
from autonomous.model.testing import Comparison, RunStatus, TestOutcome, TestResult
from autonomous.model.workflow import ItemState

SCHEMAS = Path(__file__).parents[3] / "docs" / "schemas"
AT = datetime(2026, 3, 4, tzinfo=UTC)
TRACED = cli_samples.finding(trace=(TraceStep("a.py", Span(1, 1, 1, 2), "here"),))
FACTS = ProposalFacts.of(cli_samples.proposal())
PASSED = Judgement.of(cli_samples.cleared())
REFUSED = Judgement.of(cli_samples.dropped())
TESTS = TestFacts(
    status=RunStatus.COMPLETED, reason="", passed=412, failed=1, skipped=0, seconds=9.8, sandbox="bwrap 0.11.0",
    covered_percent=81.5, comparison=Comparison(("t",), (), (), ()),
    failures=(TestResult("t", TestOutcome.FAILED, 0.1, "assert"),),
)  # fmt: skip
ITEM = ItemState("ab", "a.py", 1, "AUT101", "t", "proposer", "landed")
RULE = RuleFacts(
    id="AUT1", name="n", title="t", category="style", severity="low", confidence=0.5, fix=Safety.SAFE
)
RECORD = AuditRecord(1, AuditEvent(AT, "alice", "approver", "k", "s", facts={"a": 1, "b": None}), "", "ff")
POINT = Checkpoint("cp", AT, "wf", "before", Digest("0" * 64), "", 1, 2)
DOCUMENTS: list[AnyDocument] = [
    ScanDocument(
        targets=("src/",), findings=(TRACED,), summary=ScanSummary(2, 1, 0, (Unreadable("b.py", "NUL"),), 0.1)
    ),
    ProposalsDocument(proposals=(FACTS,)),
    ValidationDocument(judgements=(PASSED, REFUSED)),
    ReviewDocument(
        decisions=(
            DecisionFacts.of(Approval(Digest("a"), "alice", AT)),
            DecisionFacts.of(Rejection(Digest("b"), "bob", AT, "no")),
        ),
        waiting=(PASSED,),
    ),
    RunDocument(
        workflow=cli_samples.workflow(),
        outcomes=tuple(
            map(
                OutcomeFacts.of,
                [
                    cli_samples.landed(),
                    cli_samples.rolled_back(),
                    cli_samples.dropped(),
                    cli_samples.dropped(proposed=False),
                ],
            )
        ),
        tests=TESTS,
    ),
    TestDocument(tests=TESTS),
    RollbackDocument(
        workflow="wf", refs={"refs/heads/auto/x": ""}, restored=Restored("cp", ("a",), (), (), "cp2")
    ),
    StatusDocument(runs=(RunFacts(cli_samples.workflow(), (ITEM,), killed=True),)),
    AuditDocument(records=(RECORD,), head="ff", faults=(AuditFault(1, "s", 1, "changed"),)),
    CheckpointsDocument(checkpoints=(POINT,)),
    RulesDocument(rules=(RULE,)),
    InitDocument(path="pyproject.toml", written=True, section="[tool.autonomous]\n"),
    DoctorDocument(provisions=(Provision("git", found=True, detail="2.39"),)),
    ErrorDocument(error=Fault("what", "which", "next", 2)),
]


def test_every_kind_has_a_document_here() -> None:
    assert [json.loads(document(answer))["kind"] for answer in DOCUMENTS] == list(KINDS)


@pytest.mark.parametrize("answer", DOCUMENTS, ids=lambda answer: type(answer).__name__)
def test_every_document_holds_to_its_schema(answer: AnyDocument) -> None:
    got = json.loads(document(answer))
    wanted = json.loads(schema(got["kind"]))
    Draft202012Validator.check_schema(wanted)
    Draft202012Validator(wanted, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(got)
    assert got["schema_version"] == 1


def test_a_document_of_another_kind_does_not_pass() -> None:
    got = json.loads(document(DOCUMENTS[-1]))
    assert not Draft202012Validator(json.loads(schema("scan"))).is_valid(got)
    assert not Draft202012Validator(json.loads(schema("error"))).is_valid(got | {"schema_version": 2})


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_in_docs_are_those_of_the_code(kind: str) -> None:
    written = (SCHEMAS / f"{kind}.json").read_text()
    assert written == schema(kind), "run `make docs`"


def test_no_schema_is_left_over() -> None:
    assert sorted(path.stem for path in SCHEMAS.glob("*.json")) == sorted(KINDS)


def test_a_change_is_a_diff_with_the_digest_that_an_approval_names() -> None:
    got = json.loads(document(DOCUMENTS[1]))["proposals"][0]
    assert got["change"] == cli_samples.proposal().change.digest
    assert got["id"] == cli_samples.proposal().id
    assert got["edits"][0]["diff"].startswith("--- a/src/client.py\n+++ b/src/client.py\n")
    assert (got["edits"][0]["lines_added"], got["edits"][0]["lines_removed"]) == (1, 1)


def test_an_item_that_was_never_proposed_cannot_be_judged() -> None:
    with pytest.raises(ValueError, match="abab"):
        Judgement.of(cli_samples.dropped(proposed=False))


@given(st.text(st.characters(codec=None, categories=None)))
def test_any_text_is_plain_ascii_and_comes_back(words: str) -> None:
    text = document(ErrorDocument(error=Fault(words, "", "", 2)))
    assert all(" " <= char <= "~" for char in text.replace("\n", ""))
    got = json.loads(text)["error"]["what"]
    if not any("\ud800" <= char <= "\udfff" for char in words):
        assert got == words
    got.encode()


def test_a_byte_of_a_path_that_is_no_utf8_is_spelled() -> None:
    path = b"caf\xe9.py".decode("utf-8", "surrogateescape")
    assert json.loads(document(ErrorDocument(error=Fault(path, "\ud800", "", 2))))["error"] == {
        "what": "caf\\xe9.py",
        "detail": "\\ud800",
        "hint": "",
        "exit_code": 2,
    }


if __name__ == "__main__":
    SCHEMAS.mkdir(parents=True, exist_ok=True)
    for name in KINDS:
        (SCHEMAS / f"{name}.json").write_text(schema(name))
    sys.stdout.write(f"{len(KINDS)} schemas in {SCHEMAS}\n")
