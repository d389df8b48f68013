"""From findings to cleared changes: propose, validate, and put aside what touches the same lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from autonomous.model.change import FileEdit
from autonomous.model.check import Gate
from autonomous.model.event import EventKind
from autonomous.model.finding import Finding
from autonomous.model.journey import Cleared, Dropped, Validated
from autonomous.model.kinds import StageName
from autonomous.model.patch import Hunk, hunks_between
from autonomous.model.proposal import Proposal
from autonomous.orchestrator.run import Crew, Run
from autonomous.orchestrator.scanning import count
from autonomous.ports import Ports
from autonomous.rulebook.together import leaves_import, missing_import
from autonomous.stages.proposer import Proposer


@dataclass(frozen=True, slots=True)
class Proved:
    """One finding's cleared ways, the preferred one first."""

    chosen: Cleared
    others: tuple[Cleared, ...] = ()


def propose_phase(
    run: Run, findings: Sequence[Finding], *, proposer: Proposer, ports: Ports, limit: int
) -> tuple[tuple[Proposal, ...], tuple[Dropped, ...]]:
    """Propose for each finding, most severe first, until `limit` findings have a proposal.

    Returns the proposals, those for one finding side by side, and the findings that got none, already recorded.
    """
    proposals: list[Proposal] = []
    dropped: list[Dropped] = []
    with run.phase("propose", total=len(findings)) as phase:
        fixed = 0
        for finding in sorted(findings, key=lambda f: (f.severity.rank, f.path, f.span)):
            if fixed == limit:
                dropped.append(_beyond(finding, limit))
                continue
            made = tuple(proposer(finding, ports))
            ways = [item for item in made if isinstance(item, Proposal)]
            dropped += [item for item in made if isinstance(item, Dropped)]
            proposals += ways
            fixed += bool(ways)
            _tell_proposals(run, ways)
        run.store.save_proposals(proposals, workflow=run.workflow.id)
        run.ended(dropped)
        left = f"   {count(len(findings) - fixed, 'finding')} left to you" if fixed < len(findings) else ""
        phase.summary = f"{count(fixed, 'change')} by rule{left}"
    return tuple(proposals), tuple(dropped)


def leave_out(
    run: Run, findings: Sequence[Finding], *, elsewhere: Mapping[str, str]
) -> tuple[tuple[Finding, ...], tuple[Dropped, ...]]:
    """Split off, and record, the findings that an earlier run has mended on a branch that waits for its merge."""
    dropped = tuple(
        Dropped(
            finding,
            StageName.PROPOSER,
            f"mended already on {elsewhere[finding.fingerprint]}, which is not merged yet",
        )
        for finding in findings
        if finding.fingerprint in elsewhere
    )
    if dropped:
        branches = sorted({elsewhere[item.finding.fingerprint] for item in dropped})
        with run.phase("known") as phase:
            mended = count(len(dropped), "finding")
            phase.summary = f"{mended} mended already on {', '.join(branches)}, not merged yet"
        run.ended(dropped)
    return tuple(finding for finding in findings if finding.fingerprint not in elsewhere), dropped


def _beyond(finding: Finding, limit: int) -> Dropped:
    return Dropped(finding, StageName.PROPOSER, f"beyond the limit of {count(limit, 'change')} for this run")


def _tell_proposals(run: Run, ways: Iterable[Proposal]) -> None:
    for way in ways:
        run.tell(
            EventKind.PROPOSAL_GENERATED,
            sender="proposer",
            subject=way.id,
            payload={
                "finding": way.finding.id,
                "rule": way.finding.rule,
                "path": way.finding.path,
                "change": way.change.digest,
                "writer": way.writer,
                "safety": way.safety,
            },
        )


def judge(run: Run, proposal: Proposal, *, crew: Crew, ports: Ports) -> Cleared | Dropped:
    """Carry one proposal through both validators, or take the verdict that an earlier run kept."""
    kept = run.store.cleared(proposal.id)
    if kept is not None:
        run.store.save_cleared(kept, workflow=run.workflow.id)
        return kept
    run.check_time(crew.limits)
    verdict = _judge(proposal, crew=crew, ports=ports)
    passed = isinstance(verdict, Cleared)
    if isinstance(verdict, Cleared):
        run.store.save_cleared(verdict, workflow=run.workflow.id)
    reason = verdict.gate_reason if isinstance(verdict, Cleared) else verdict.reason
    run.tell(
        EventKind.VALIDATION_RESULT,
        sender="security_validator" if passed else str(verdict.stage) if isinstance(verdict, Dropped) else "",
        subject=proposal.id,
        payload={"passed": passed, "reason": reason},
    )
    return verdict


def _judge(proposal: Proposal, *, crew: Crew, ports: Ports) -> Cleared | Dropped:
    match next(iter(crew.validator(proposal, ports))):  # a stage yields one value for each item
        case Validated() as validated:
            return next(iter(crew.security_validator(validated, ports)))
        case Dropped() as dropped:
            return dropped


def prove_phase(
    run: Run, proposals: Sequence[Proposal], *, crew: Crew, ports: Ports
) -> tuple[tuple[Proved, ...], tuple[Dropped, ...]]:
    """Validate every proposal; a finding whose ways were all refused is dropped with the first way's reason."""
    proved: list[Proved] = []
    refused: list[Dropped] = []
    with run.phase("validate", total=len(proposals)) as phase:
        for analyzer in ports.change_analyzers:
            analyzer.prepare([proposal.change for proposal in proposals], ports.files)
        for _finding, ways in groupby(proposals, key=lambda p: p.finding.fingerprint):
            verdicts = [judge(run, way, crew=crew, ports=ports) for way in ways]
            cleared = [verdict for verdict in verdicts if isinstance(verdict, Cleared)]
            if cleared:
                proved.append(Proved(cleared[0], tuple(cleared[1:])))
            else:
                refused += [verdict for verdict in verdicts if isinstance(verdict, Dropped)][:1]
        run.ended(refused)
        auto = sum(one.chosen.gate is Gate.AUTO for one in proved)
        parts = [f"{len(proved)} pass", f"{len(refused)} refused", f"{auto} could go without asking"]
        phase.summary = " · ".join(part for part in parts if not part.startswith("0 "))
        phase.summary = phase.summary or "nothing to validate"
    return tuple(proved), tuple(refused)


def without_overlaps(proved: Sequence[Proved]) -> tuple[tuple[Proved, ...], tuple[Proved, ...]]:
    """Split into changes that fit on one another, the most severe and outermost first, and the rest for later.

    What waits is made anew on top of what fits: then it brings, or takes away, the imports that are right there.
    """
    placed: dict[str, list[Hunk]] = {}
    fitting: list[Proved] = []
    later: list[Proved] = []
    for one in sorted(proved, key=_precedence):
        wanted = {edit.path: _hunks(edit) for edit in one.chosen.proposal.change.edits}
        if any(_unfit(edit, placed.get(edit.path, ())) for edit in one.chosen.proposal.change.edits):
            later.append(one)
            continue
        fitting.append(one)
        for path, hunks in wanted.items():
            placed.setdefault(path, []).extend(hunks)
    in_order = {id(one): number for number, one in enumerate(proved)}
    return tuple(sorted(fitting, key=lambda one: in_order[id(one)])), tuple(later)


def _precedence(one: Proved) -> tuple[int, int, str, int]:
    finding = one.chosen.proposal.finding
    lines = finding.span.end_line - finding.span.line
    return finding.severity.rank, -lines, finding.path, finding.span.line


def _hunks(edit: FileEdit) -> tuple[Hunk, ...]:
    return hunks_between(edit.before or b"", edit.after or b"")


def _unfit(edit: FileEdit, placed: Sequence[Hunk]) -> bool:
    """Tell whether an edit cannot go on top of others, or leaves the file's imports wrong there."""
    wanted, before = _hunks(edit), edit.before
    if _clash(placed, wanted):
        return True
    if not placed or before is None:
        return False
    both = (*placed, *wanted)
    return bool(missing_import(edit.path, before, both)) or leaves_import(edit.path, before, both)


def _clash(placed: Iterable[Hunk], wanted: Iterable[Hunk]) -> bool:
    """Tell whether hunks meet; equal ones do too, unless they only insert (the same import twice)."""
    others = tuple(placed)
    return any(_meet(hunk, other) for hunk in wanted for other in others)


def _meet(hunk: Hunk, other: Hunk) -> bool:
    return hunk.overlaps(other) or (hunk == other and hunk.start < hunk.end)
