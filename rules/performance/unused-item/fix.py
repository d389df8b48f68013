"""Loop over the keys or the values alone."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def of_a_mapping(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`for k, _ in d.items()` -> `for k in d`; `for _, v in d.items()` -> `for v in d.values()`."""
    match target:
        case cst.For(
            target=cst.Tuple(elements=[first, second]) as pair,
            iter=cst.Call(func=cst.Attribute(value=owner) as method) as call,
        ) if not edits.has_comment(pair) and not edits.has_comment(call):
            if hit.facts["PART"] == "keys":
                return target.with_changes(target=first.value, iter=owner)
            values = call.with_changes(func=method.with_changes(attr=cst.Name("values")))
            return target.with_changes(target=second.value, iter=values)
        case _:
            return None
