"""The public JSON documents: what `--format json` prints, one tagged type for each kind of answer."""

from typing import Literal, TypeAlias

import msgspec

from autonomous.cli.render.json_facts import (
    ComplaintFacts,
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
from autonomous.model.audit import AuditFault, AuditRecord
from autonomous.model.checkpoint import Checkpoint, Restored
from autonomous.model.finding import Finding, ScanSummary, Unreadable
from autonomous.model.workflow import Workflow


class Document(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What every document has; the version counts up when a reader of the old form could be misled."""

    schema_version: Literal[1] = 1


class ScanDocument(Document, frozen=True, kw_only=True, tag="scan"):
    """Answer of `scan` and `security-scan`."""

    targets: tuple[str, ...]
    findings: tuple[Finding, ...]
    summary: ScanSummary


class ProposalsDocument(Document, frozen=True, kw_only=True, tag="proposals"):
    """Answer of `propose`."""

    proposals: tuple[ProposalFacts, ...]


class ValidationDocument(Document, frozen=True, kw_only=True, tag="validation"):
    """Answer of `validate`."""

    judgements: tuple[Judgement, ...]


class ReviewDocument(Document, frozen=True, kw_only=True, tag="review"):
    """Answer of `approve`: what was decided, and what still waits."""

    decisions: tuple[DecisionFacts, ...]
    waiting: tuple[Judgement, ...]


class RunDocument(Document, frozen=True, kw_only=True, tag="run"):
    """Answer of `implement` and `improve`."""

    workflow: Workflow
    outcomes: tuple[OutcomeFacts, ...]
    waiting: tuple[Judgement, ...] = ()
    tests: TestFacts | None = None
    dry_run: bool = False
    unreadable: tuple[Unreadable, ...] = ()
    left_out: tuple[str, ...] = ()  # target files with uncommitted changes


class TestDocument(Document, frozen=True, kw_only=True, tag="test"):
    """Answer of `test`."""

    __test__ = False

    tests: TestFacts


class RollbackDocument(Document, frozen=True, kw_only=True, tag="rollback"):
    """Answer of `rollback`: refs as they are now (empty commit: the ref is gone), files that were restored."""

    workflow: str
    refs: dict[str, str]
    restored: Restored | None = None


class StatusDocument(Document, frozen=True, kw_only=True, tag="status"):
    """Answer of `status`."""

    runs: tuple[RunFacts, ...]


class AuditDocument(Document, frozen=True, kw_only=True, tag="audit"):
    """Answer of `audit`; `faults` is absent when the chain was not verified, empty when it holds."""

    records: tuple[AuditRecord, ...]
    head: str
    faults: tuple[AuditFault, ...] | None = None


class CheckpointsDocument(Document, frozen=True, kw_only=True, tag="checkpoints"):
    """Answer of `checkpoints`."""

    checkpoints: tuple[Checkpoint, ...]
    freed_bytes: int = 0


class RulesDocument(Document, frozen=True, kw_only=True, tag="rules"):
    """Answer of `rules`.

    `complaints` is there when rules were tested, `folder` when one was made, trusted or filled with pages.
    """

    rules: tuple[RuleFacts, ...] = ()
    cases: int = 0
    complaints: tuple[ComplaintFacts, ...] | None = None
    folder: str = ""


class InitDocument(Document, frozen=True, kw_only=True, tag="init"):
    """Answer of `init`: the file and the section that it now has; not written when it was there already."""

    path: str
    written: bool
    section: str


class DoctorDocument(Document, frozen=True, kw_only=True, tag="doctor"):
    """Answer of `doctor`."""

    provisions: tuple[Provision, ...]


class ErrorDocument(Document, frozen=True, kw_only=True, tag="error"):
    """What any command prints in place of its answer when it fails."""

    error: Fault


AnyDocument: TypeAlias = (
    ScanDocument | ProposalsDocument | ValidationDocument | ReviewDocument | RunDocument | TestDocument
    | RollbackDocument | StatusDocument | AuditDocument | CheckpointsDocument | RulesDocument | InitDocument
    | DoctorDocument | ErrorDocument
)  # fmt: skip
