"""Ask for a time with its zone."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit

_AWARE = {"utcnow": "now", "utcfromtimestamp": "fromtimestamp"}


def from_module(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`datetime.datetime.utcnow()` -> `datetime.datetime.now(datetime.timezone.utc)`."""
    match target:
        case cst.Call(func=cst.Attribute(value=cst.Attribute(value=owner))):
            return _aware(target, cst.Attribute(owner, cst.Name("timezone")))
        case _:
            return None


def from_class(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`datetime.utcnow()` -> `datetime.now(timezone.utc)`."""
    match target:
        case cst.Call(func=cst.Attribute(value=cst.Name())):
            return _aware(target, cst.Name("timezone"))
        case _:
            return None


def _aware(call: cst.Call, timezone: cst.BaseExpression) -> cst.Call:
    renamed = call.with_deep_changes(call.func, attr=cst.Name(_AWARE[_name(call)]))
    return edits.with_argument(renamed, cst.Arg(cst.Attribute(timezone, cst.Name("utc"))))


def _name(call: cst.Call) -> str:
    if not isinstance(call.func, cst.Attribute):
        raise TypeError(call.func)
    return call.func.attr.value
