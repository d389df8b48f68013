"""Proposals, ports and a rulebook of a few words for the tests of both validators."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import ClassVar

import msgspec

from autonomous.analysis.source import Source, read_source
from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.digest import Digest, digest_of
from autonomous.model.finding import Finding
from autonomous.model.issue import Analysis, Issue
from autonomous.model.journey import Decision
from autonomous.model.kinds import Category, Safety, Severity
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.ports.analyzer import ChangeAnalyzer, FileAnalyzer
from autonomous.ports.files import FileUnreadable
from autonomous.stages.checks.reading import Reading

BASE = "b" * 40
PATH = "src/app.py"
BEFORE = b"import os\n\n\ndef first():\n    return bad(1)\n\n\ndef second():\n    return os.sep\n"
AFTER = BEFORE.replace(b"bad(1)", b"good(1)")


class Tree:
    """Files in a dictionary; None stands for one that is there and cannot be read."""

    def __init__(self, contents: Mapping[str, bytes | None] | None = None) -> None:
        self.contents = dict(contents or {})

    def paths(self, targets: Sequence[str] = ()) -> Iterator[str]:
        return iter(sorted(self.contents))

    def read(self, path: str) -> bytes:
        data = self.contents.get(path)
        if data is None:
            raise FileUnreadable(path, "no right")
        return data

    def exists(self, path: str) -> bool:
        return path in self.contents


class Quiet:
    """A clock that stands still, and decisions that nobody took."""

    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)

    def steady(self) -> float:
        return 0.0

    def decision(self, change: Digest) -> Decision | None:
        return None


class Rewrite(msgspec.Struct, frozen=True):
    after: bytes


class Words:
    """A rulebook in which every call of a word is a finding, and a fix puts another word in its place."""

    RULES: ClassVar = {
        "bad": ("AUT001", Category.STYLE),
        "worse": ("AUT002", Category.CORRECTNESS),
        "leak": ("AUT003", Category.SECURITY),
        "loop": ("AUT001", Category.STYLE),
    }

    def __init__(self) -> None:
        self.reads = 0

    def find(self, source: Source) -> tuple[Finding, ...]:
        self.reads += 1
        calls = [node for node in source.nodes(ast.Call) if isinstance(node.func, ast.Name)]
        found = [self._finding(source, node) for node in calls if ast.unparse(node.func) in self.RULES]
        counted: dict[str, int] = {}
        out = []
        for finding in sorted(found, key=lambda one: one.span):
            number = counted[finding.fingerprint] = counted.get(finding.fingerprint, -1) + 1
            mark = digest_of(finding.fingerprint.encode(), str(number).encode())
            out.append(msgspec.structs.replace(finding, fingerprint=mark))
        return tuple(out)

    def _finding(self, source: Source, node: ast.Call) -> Finding:
        rule, category = self.RULES[ast.unparse(node.func)]
        symbol = source.symbol(node)
        code = source.segment(node)
        return Finding(
            rule=rule,
            name=ast.unparse(node.func),
            title=f"a call of {ast.unparse(node.func)}",
            category=category,
            severity=Severity.LOW,
            confidence=0.9,
            path=source.path,
            span=source.span(node),
            message=f"`{code}` is not wanted",
            fingerprint=digest_of(rule.encode(), source.path.encode(), symbol.encode(), code.encode()),
            symbol=symbol,
            excerpt=(source.lines[node.lineno - 1],),
        )

    def rewrites(self, source: Source, finding: Finding) -> tuple[Rewrite, ...]:
        old = finding.message.split("`")[1].encode()
        return (Rewrite(source.data.replace(old, b"good" + old[old.index(b"(") :])),)


WORDS = Words()


def finding_in(before: bytes, *, path: str = PATH, number: int = 0) -> Finding:
    """The first (or another) finding of the words in a file."""
    return Words().find(read_source(path, before))[number]


def proposal(
    before: bytes | None = BEFORE,
    after: bytes | None = AFTER,
    *,
    path: str = PATH,
    finding: Finding | None = None,
    more: tuple[FileEdit, ...] = (),
    writer: str = "rule AUT001",
    safety: Safety = Safety.SAFE,
) -> Proposal:
    """A change of one file for the first finding in it (or, where it has none, in `BEFORE`)."""
    if finding is None:
        found = Words().find(read_source(path, before)) if before and b"(" in before else ()
        finding = found[0] if found else msgspec.structs.replace(finding_in(BEFORE), path=path)
    change = ChangeSet(BASE, (FileEdit(path, before, after), *more))
    return Proposal(finding, change, writer=writer, safety=safety, title="Mend it", why="it is not wanted")


def ports(
    tree: Mapping[str, bytes | None] | None = None,
    *,
    changes: Sequence[ChangeAnalyzer] = (),
    files: Sequence[FileAnalyzer] = (),
) -> Ports:
    quiet = Quiet()
    return Ports(
        files=Tree(tree or {PATH: BEFORE}),
        clock=quiet,
        decisions=quiet,
        change_analyzers=tuple(changes),
        file_analyzers=tuple(files),
    )


def reading() -> Reading:
    return Reading(Words())


class Says:
    """An analyzer of changes with one answer."""

    def __init__(self, name: str, answer: Analysis) -> None:
        self.name, self.answer = name, answer

    def compare(self, change: ChangeSet, files: object) -> Analysis:
        return self.answer


def issue(path: str = PATH, **facts: object) -> Issue:
    from autonomous.model.finding import Span

    given = {
        "tool": "tool",
        "code": "X1",
        "message": "something",
        "path": path,
        "span": Span(1, 1, 1, 2),
        "severity": Severity.MEDIUM,
        "key": "X1",
    }
    return msgspec.convert({**given, **facts}, Issue)
