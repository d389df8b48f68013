"""Move a mutable default into the function."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def made_in_the_call(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`def f(x=[])` -> `def f(x=None)` and, after the docstring, `if x is None: x = []`."""
    if not isinstance(target, cst.FunctionDef):
        return None
    name = hit.facts["NAME"]
    every = (*target.params.posonly_params, *target.params.params, *target.params.kwonly_params)
    parameter = next((one for one in every if one.name.value == name), None)
    if parameter is None or parameter.default is None or edits.has_comment(parameter.default):
        return None
    guard = cst.If(
        test=cst.Comparison(cst.Name(name), [cst.ComparisonTarget(cst.Is(), cst.Name("None"))]),
        body=cst.IndentedBlock(
            [cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(cst.Name(name))], parameter.default)])]
        ),
    )
    optional = parameter.with_changes(
        default=cst.Name("None"),
        annotation=_optional(module.module, parameter.annotation, named=bool(hit.facts["optional"])),
    )
    changed = target.with_changes(params=target.params.deep_replace(parameter, optional))
    earlier = frozenset(one.name.value for one in every[: every.index(parameter)])
    return changed.with_changes(body=_guarded(target.body, guard, name, earlier=earlier))


def _optional(module: cst.Module, annotation: cst.Annotation | None, *, named: bool) -> cst.Annotation | None:
    """The annotation with None allowed; a string stays a string."""
    if annotation is None:
        return None
    kind = annotation.annotation
    text = module.code_for_node(kind)
    if "Optional[" in text or "None" in text or text in {"Any", "typing.Any", "object"}:
        return annotation
    if isinstance(kind, cst.SimpleString):
        wider: cst.BaseExpression = kind.with_changes(value=f"{kind.value[:-1]} | None{kind.quote}")
    elif named:
        wider = cst.Subscript(cst.Name("Optional"), [cst.SubscriptElement(cst.Index(kind))])
    else:
        wider = cst.BinaryOperation(kind, cst.BitOr(), cst.Name("None"))
    return annotation.with_changes(annotation=wider)


def _guarded(body: cst.BaseSuite, guard: cst.If, name: str, *, earlier: frozenset[str]) -> cst.BaseSuite:
    if isinstance(body, cst.SimpleStatementSuite):
        lines = [
            cst.SimpleStatementLine([small.with_changes(semicolon=cst.MaybeSentinel.DEFAULT)])
            for small in body.body
        ]
        return cst.IndentedBlock([guard, *lines], header=body.trailing_whitespace)
    statements = list(body.body)
    start = 1 if len(statements) > 1 and _is_docstring(statements[0]) else 0
    while (
        start < len(statements)
        and _is_guard_of(statements[start], earlier)
        and name not in edits.names_in(statements[start])
    ):
        start += 1
    return body.with_changes(body=[*statements[:start], guard, *statements[start:]])


def _is_guard_of(statement: cst.CSTNode, names: frozenset[str]) -> bool:
    """`if x is None: ...` of a parameter that comes before: guards stand in the order of the parameters."""
    match statement:
        case cst.If(
            test=cst.Comparison(
                left=cst.Name(name),
                comparisons=[cst.ComparisonTarget(operator=cst.Is(), comparator=cst.Name("None"))],
            ),
            orelse=None,
        ):
            return name in names
        case _:
            return False


def _is_docstring(statement: cst.CSTNode) -> bool:
    match statement:
        case cst.SimpleStatementLine(body=[cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString())]):
            return True
        case _:
            return False
