"""A function of fix.py that reads a piece of a file makes of it what it makes when it reads the whole file."""

import ast
import re
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper

from autonomous.analysis.source import Source, SourceUnreadable, read_source
from autonomous.rulebook.book import load
from autonomous.rulebook.calling import FixFunction, called
from autonomous.rulebook.concrete import Replacement
from autonomous.rulebook.expected import Unfillable
from autonomous.rulebook.filetext import FileText
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.piece import Piece, piece_around
from autonomous.rulebook.ready import ReadyRule
from autonomous.rulebook.shelf import shelf
from autonomous.rulebook.wants import Want

LIBRARY = Path(sysconfig.get_paths()["stdlib"])
FOLDERS = (
    "distutils",
    "asyncio",
    "unittest",
    "http",
    "lib2to3",
    "idlelib",
    "email",
    "multiprocessing",
    "xml/dom",
    "xml/sax",
    "test",
)
Job = tuple[Hit, FixFunction, tuple[Want, ...]]


def made(source: Source, job: Job, piece: Piece) -> tuple[str, tuple[Want, ...]] | None:
    hit, function, wants = job
    try:
        return called(source, FileText.of(source), hit, piece=piece, function=function, wants=wants)
    except Unfillable:
        return None


def compared(source: Source, jobs: list[Job]) -> Iterator[tuple[object, object]]:
    """What the whole file gives, and what the piece gives, for each job."""
    file = FileText.of(source)
    whole = [made(source, job, Piece()) for job in jobs]
    pieces = [made(source, job, piece_around(source, file, job[0].node)) for job in jobs]
    return zip(whole, pieces, strict=True)


def jobs_of(ready: list[ReadyRule], source: Source) -> list[Job]:
    return [
        (hit, each.rule.fixer(fix.call), tuple(Want.parse(text) for text in fix.imports))
        for each in ready
        for _, hit in each.engine.hits(source)
        for fix in each.applicable(source, hit)
        if fix.call
    ]


def test_rules_rewrite_the_standard_library_as_if_they_read_whole_files() -> None:
    ready = [ReadyRule(rule) for rule in load([shelf()]).rules if any(fix.call for fix in rule.fixes)]
    count = 0
    for number, path in enumerate(path for name in FOLDERS for path in sorted((LIBRARY / name).glob("*.py"))):
        data = path.read_bytes()
        if len(data) > 14_000:
            continue
        try:
            source = read_source("src/app.py", data.replace(b"\n", b"\r\n") if number % 5 == 0 else data)
            jobs = jobs_of(ready, source)
        except SourceUnreadable:
            continue
        for whole, piece in compared(source, jobs):
            assert piece == whole, path
            count += whole is not None
    assert count >= 200


def remove(_module: MetadataWrapper, _target: cst.CSTNode, _hit: Hit) -> Replacement | None:
    return cst.RemoveFromParent()


def several(_module: MetadataWrapper, target: cst.CSTNode, _hit: Hit) -> Replacement | None:
    if isinstance(target, cst.BaseCompoundStatement):
        return cst.FlattenSentinel([cst.parse_statement("one()"), target])
    return cst.FlattenSentinel(
        [cst.parse_statement("one()"), cst.parse_statement("if x:\n    for y in z:\n        y")]
    )


def comments(_module: MetadataWrapper, target: cst.CSTNode, _hit: Hit) -> Replacement | None:
    """Say which comments and blank lines the node holds."""
    held: list[str] = []
    waiting = [target]
    for node in waiting:
        held += [node.value] if isinstance(node, cst.Comment) else [type(node).__name__]
        waiting.extend(node.children)
    return cst.parse_statement(f"held({ascii(' '.join(held))!r})")


TEXT = '''\
# -*- coding: utf-8 -*-
# above

"""Docstring."""
import a; import b
@c  # why
# between
def f(x, y="""
# no comment"""):
    # first
    if x: return 1; y
    elif y:  # other
        z = [
          1,  # one
        ]
        # end of block
      # odd
    # end of if
    else:
        pass

        # deep

    # before w
    w = 1 ; v = \\
        2
    try:
        u = 1
    except E :
        # why not
        pass  # nothing
    finally:
        t = "é"; s = 2 # both
# at margin
    return w  # end
    # very end
\x0c
class D(object):

    x = 1
    y = 2

    # below

async def g():
    async with h() as i:
        await i
        # last
      # odd end
j = 1; \\
k = 2
# end
while j: k
l = 3
'''  # fmt: skip


@pytest.mark.parametrize("function", [remove, several, comments])
@pytest.mark.parametrize(
    "form",
    [
        str,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: re.sub(r"(?m)^(?:    )+", lambda found: "\t" * (len(found[0]) // 4), text),
        lambda text: re.sub(r"(?m)^( +)", r"\1\1", text),
        lambda text: text.replace("l = 3\n", "if j:\n    l = 3\n    # a\n  # b\n\n"),
    ],
)  # fmt: skip
def test_every_statement_is_exchanged_as_in_the_whole_file(
    function: FixFunction, form: Callable[[str], str]
) -> None:
    source = read_source("src/app.py", form(TEXT).encode())
    nodes = [node for node in ast.walk(source.tree) if isinstance(node, ast.stmt | ast.ExceptHandler)]
    results = list(compared(source, [(Hit(node, node), function, ()) for node in nodes]))
    assert [piece for _, piece in results] == [whole for whole, _ in results]
    assert sum(whole is not None for whole, _ in results) > 15


def test_a_statement_inside_of_a_long_function_is_a_piece_by_itself() -> None:
    lines = [
        "def f():",
        *(f"    x{number} = {number}" for number in range(9)),
        "    # why",
        "    y = 1",
        "    z",
        "",
    ]
    source = read_source("src/app.py", "\n".join(lines).encode())
    piece = piece_around(source, FileText.of(source), next(source.nodes(ast.FunctionDef)).body[9])
    assert (piece.first, piece.last) == (11, 12)
