"""Bind loop variables as defaults of a lambda."""

from collections.abc import Sequence

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit


def bound(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`lambda: use(i)` -> `lambda i=i: use(i)`."""
    if not isinstance(target, cst.Lambda):
        return None
    parameters = target.params
    names = hit.facts["NAMES"].split(", ")
    added = [cst.Param(cst.Name(name), default=cst.Name(name), equal=_tight()) for name in names]
    if isinstance(parameters.star_arg, cst.Param) or parameters.kwonly_params:
        changed = parameters.with_changes(kwonly_params=_joined(parameters.kwonly_params, added))
    elif parameters.star_kwarg is not None:
        return None
    else:
        changed = parameters.with_changes(params=_joined(parameters.params, added))
    return target.with_changes(params=changed, whitespace_after_lambda=cst.SimpleWhitespace(" "))


def _joined(before: Sequence[cst.Param], added: list[cst.Param]) -> list[cst.Param]:
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    every = [*before, *added]
    return [
        *(one.with_changes(comma=comma) for one in every[:-1]),
        every[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT),
    ]


def _tight() -> cst.AssignEqual:
    return cst.AssignEqual(
        whitespace_before=cst.SimpleWhitespace(""), whitespace_after=cst.SimpleWhitespace("")
    )
