"""From a match and a fix to the file's new bytes, proved to change nothing but what the fix promises.

Two kinds of fix: a template in `replace` (its holes are filled with the exact source of what they hold), and a
function of the rule's fix.py:

    def name(module: MetadataWrapper, target: CSTNode, hit: Hit)
            -> CSTNode | RemovalSentinel | FlattenSentinel | None

`module` holds the smallest statement around the match that has lines of its own, and neither what is around that nor
its place in the file; `target` is the concrete node of `hit.node`. What comes back takes the target's place; None
means that this fix does not apply. For a plain statement `target` is the small statement (`cst.Assign`, `cst.Expr`),
and whole lines (`cst.SimpleStatementLine`, `cst.If`, ...) may come back for it; they take over the comments of the
old line. Names that the fix imports are written plainly (`hmac.compare_digest`) and spelled as the file spells them.
"""

import ast
from typing import TYPE_CHECKING

import msgspec

from autonomous.analysis.source import Source, undisturbed
from autonomous.model.kinds import Effort, Safety
from autonomous.model.patch import hunks_between
from autonomous.rulebook.bound import Surroundings
from autonomous.rulebook.comments import comments_kept
from autonomous.rulebook.expected import Unfillable
from autonomous.rulebook.filetext import FileText, statement_lines
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.imports import with_import
from autonomous.rulebook.parsing import parse_once
from autonomous.rulebook.piece import piece_around
from autonomous.rulebook.removal import removed
from autonomous.rulebook.schema import Fix
from autonomous.rulebook.template import marked, swap_quotes
from autonomous.rulebook.unused import without_unused
from autonomous.rulebook.wants import Want, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from autonomous.rulebook.calling import FixFunction

COMMENT_RISK = "a comment is moved or removed: see that nothing it says is lost"
_TRIVIAL_LINES = 2
_SMALL_LINES = 20


class Rewrite(msgspec.Struct, frozen=True):
    """One way to fix one match: the whole file after it, and what a reviewer must know."""

    after: bytes
    safety: Safety
    title: str
    risks: tuple[str, ...]
    benefits: tuple[str, ...]
    effort: Effort
    index: int  # among the ways that apply, 0 is preferred


def rewritten(
    source: Source, hit: Hit, fix: Fix, *, index: int, title: str, function: "Callable[[str], FixFunction]"
) -> Rewrite | None:
    """Apply one fix to one match; None where it does not apply, changes nothing or would break the file.

    `function` gives the function of the rule's fix.py by its name; it is asked only when the fix has a `call`.
    """
    file = FileText.of(source)
    try:
        with undisturbed():
            text = _with_imports(source, file, hit, fix, function=function)
            after = file.encode(text)
            tree = parse_once(text)
    except (Unfillable, UnicodeEncodeError, SyntaxError):
        return None
    if after == source.data:
        return None
    kept = comments_kept(source, text, tree)
    safety = fix.safety if kept or fix.safety is not Safety.SAFE else Safety.REVIEW
    risks = fix.risks if kept else (*fix.risks, COMMENT_RISK)
    return Rewrite(after, safety, title, risks, fix.benefits, effort(source.data, after), index)


def effort(before: bytes, after: bytes) -> Effort:
    """How much there is to read: up to two changed lines are trivial, up to twenty small."""
    hunks = hunks_between(before, after)
    lines = sum(max(hunk.end - hunk.start, len(hunk.lines)) for hunk in hunks)
    if lines <= _TRIVIAL_LINES:
        return Effort.TRIVIAL
    return Effort.SMALL if lines <= _SMALL_LINES else Effort.LARGE


def _with_imports(
    source: Source, file: FileText, hit: Hit, fix: Fix, *, function: "Callable[[str], FixFunction]"
) -> str:
    wants = tuple(Want.parse(text) for text in fix.imports)
    if fix.call:
        from autonomous.rulebook.calling import called

        piece = piece_around(source, file, hit.node)
        text, needed = called(source, file, hit, piece=piece, function=function(fix.call), wants=wants)
    elif fix.replace:
        text, needed = _from_template(source, file, hit, fix.replace, wants)
    else:
        text, needed = removed(source, file, hit.node, rest=len(hit.rest)), ()
    before, _ = statement_lines(source.tree, hit.node)
    package = source.names.module.partition(".")[0]
    for want in needed:
        longer = with_import(text, want, before=before, package=package)
        before += FileText(longer).lines - FileText(text).lines
        text = longer
    return without_unused(source, text)


def _from_template(
    source: Source, file: FileText, hit: Hit, template: str, wants: tuple[Want, ...]
) -> tuple[str, tuple[Want, ...]]:
    """Try the template with the file's kind of quotes first, then with the other kind."""
    from autonomous.rulebook.placing import placed

    around = Surroundings(source, hit.node)
    own = {value for value in hit.held.values() if isinstance(value, str)}
    swapped = swap_quotes(template)
    for candidate in (swapped, template) if _prefers_single(source, file) else (template, swapped):
        plan = named(marked(candidate, hit.held), around, wants=wants, own=own)
        try:
            return placed(source, file, hit, template=plan.template), plan.wants
        except Unfillable:
            continue
    raise Unfillable(template)


def _prefers_single(source: Source, file: FileText) -> bool:
    single = double = 0
    for node in source.nodes(ast.Constant):
        if isinstance(node.value, str):
            start, _ = file.span(node)
            single += file.text.startswith("'", start)
            double += file.text.startswith('"', start)
    return single > double
