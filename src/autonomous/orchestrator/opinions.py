"""Second opinions beside a scan: other analyzers' issues become findings, unless own rules saw the same."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

import msgspec

from autonomous.model.digest import digest_of
from autonomous.model.finding import FileScan, Finding
from autonomous.model.issue import Issue
from autonomous.model.kinds import Category
from autonomous.orchestrator.scanning import Tally
from autonomous.ports.analyzer import AnalysisFailed, FileAnalyzer
from autonomous.ports.files import Files, FileUnreadable

_NEAR = 1  # lines: tools point at the call, at the statement, or at the argument


def with_opinions(
    scans: Iterator[FileScan],
    *,
    analyzers: Sequence[FileAnalyzer],
    files: Files,
    tally: Tally,
    same_as: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Iterator[FileScan]:
    """Add to each file's scan what the analyzers report and no own finding of the same kind covers.

    `same_as` says for a rule's id how other tools call the same fault: "bandit B307".
    """
    for scan in scans:
        if scan.unreadable:
            yield scan
            continue
        more = tuple(_more(scan, analyzers, files, same_as))
        tally.findings += len(more)
        found = sorted((*scan.findings, *more), key=lambda finding: finding.span)
        yield msgspec.structs.replace(scan, findings=tuple(found))


def _more(
    scan: FileScan,
    analyzers: Sequence[FileAnalyzer],
    files: Files,
    same_as: Mapping[str, Collection[str]],
) -> Iterator[Finding]:
    try:
        data = files.read(scan.path)
    except FileUnreadable:
        return  # gone since it was scanned: what was found then still counts
    lines = data.decode("utf-8", "replace").splitlines()
    seen = list(scan.findings)
    ordinals: Counter[str] = Counter()
    for analyzer in analyzers:
        try:
            issues = analyzer.issues(scan.path, data)
        except AnalysisFailed:
            continue  # an opinion less; our own rules have read the file
        for issue in issues:
            ordinals[issue.key] += 1
            if not any(_same(issue, finding, same_as.get(finding.rule, ())) for finding in seen):
                found = _finding(issue, ordinals[issue.key], lines)
                seen.append(found)
                yield found


def _same(issue: Issue, finding: Finding, names: Collection[str]) -> bool:
    near = finding.span.line - _NEAR <= issue.span.line <= finding.span.end_line + _NEAR
    named = f"{issue.tool} {issue.code}" in names
    return near and (named or not issue.cwe or not finding.cwe or bool(set(issue.cwe) & set(finding.cwe)))


def _finding(issue: Issue, ordinal: int, lines: Sequence[str]) -> Finding:
    parts = (issue.tool, issue.path, issue.key, str(ordinal))
    line = lines[issue.span.line - 1] if 0 < issue.span.line <= len(lines) else ""
    return Finding(
        rule=issue.code,
        name=issue.tool,
        title=issue.message.split("\n")[0],
        category=Category.SECURITY,
        severity=issue.severity,
        confidence=issue.confidence,
        path=issue.path,
        span=issue.span,
        message=issue.message,
        fingerprint=digest_of(*(part.encode("utf-8", "surrogateescape") for part in parts)),
        excerpt=(line,) if line else (),
        cwe=issue.cwe,
        engine=issue.tool,
    )
