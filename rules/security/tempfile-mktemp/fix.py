"""Create the temporary file instead of inventing a name."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit

_PARAMETERS = ("suffix", "prefix", "dir")


def created(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`tempfile.mktemp(".txt")` -> `tempfile.NamedTemporaryFile(suffix=".txt", delete=False).name`."""
    if not isinstance(target, cst.Call) or any(arg.star for arg in target.args):
        return None
    args = list(target.args)
    for position, arg in enumerate(args):
        if arg.keyword is None:
            args[position] = edits.named(arg, _PARAMETERS[position])
    maker = target.with_changes(
        func=cst.Attribute(cst.Name("tempfile"), cst.Name("NamedTemporaryFile")), args=args
    )
    return cst.Attribute(edits.with_keyword(maker, "delete", cst.Name("False")), cst.Name("name"))
