"""Operators on constants, each checked for the size of its result before it is computed."""

import ast
import operator
import re
from collections.abc import Callable
from typing import Final, TypeAlias

Value: TypeAlias = object
"""A constant: None, a bool, number, str, bytes, `...`, or a tuple, list, dict, set of such."""

_BITS: Final = 8192
LARGEST: Final = 10_000
_WIDE_FORMAT: Final = re.compile(r"\*|\d{4}")
_FAULTS: Final = (TypeError, ValueError, ArithmeticError, LookupError)

_BINARY: Final[dict[type[ast.operator], Callable[..., Value]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
}
_UNARY: Final[dict[type[ast.unaryop], Callable[..., Value]]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
    ast.Not: operator.not_,
    ast.Invert: operator.invert,
}
_COMPARE: Final[dict[type[ast.cmpop], Callable[..., Value]]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: lambda left, right: left is right,
    ast.IsNot: lambda left, right: left is not right,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
}


class Undecided(Exception):
    """The operation has no value, or one too large to compute."""


def binary(op: ast.operator, left: Value, right: Value) -> Value:
    """`left op right`. Raises Undecided for an error in it and for a result that would be too large."""
    if not _is_small(op, left, right):
        raise Undecided
    return _guarded(lambda: _BINARY[type(op)](left, right))


def unary(op: ast.unaryop, value: Value) -> Value:
    """`op value`. Raises Undecided for an error in it."""
    return _guarded(lambda: _UNARY[type(op)](value))


def compare(op: ast.cmpop, left: Value, right: Value) -> bool:
    """`left op right`. Raises Undecided for an error in it, and for `is` on anything but singletons."""
    if isinstance(op, ast.Is | ast.IsNot) and not any(x is None or x is ... for x in (left, right)):
        raise Undecided  # whether equal constants are one object is the interpreter's business
    return bool(_guarded(lambda: _COMPARE[type(op)](left, right)))


def element(value: Value, index: Value) -> Value:
    """`value[index]`. Raises Undecided where there is no such element."""
    return _guarded(lambda: operator.getitem(value, index))  # type: ignore[call-overload]  # checked by running it


def _guarded(compute: Callable[[], Value]) -> Value:
    try:
        return compute()
    except _FAULTS as fault:
        raise Undecided from fault


def bounded(value: Value) -> Value:
    """`value` itself. Raises Undecided when it is a container of more than 10,000 parts and characters.

    Every container that is folded goes through here, so that the sizes of its own parts are small already.
    """
    if size_of(value) > LARGEST:
        raise Undecided
    return value


def _is_small(op: ast.operator, left: Value, right: Value) -> bool:
    match op, left, right:
        case ast.Mult(), _, _:
            return _is_small_product(left, right)
        case ast.Pow(), int(), int():
            return left.bit_length() * right <= _BITS
        case ast.LShift(), int(), int():
            return left.bit_length() + right <= _BITS
        case ast.Add(), _, _:
            return size_of(left) + size_of(right) <= LARGEST
        case ast.Mod(), str() | bytes(), _:
            return _is_small_format(left, right)
        case _:
            return True


def _is_small_product(left: Value, right: Value) -> bool:
    for times, other in ((left, right), (right, left)):
        if isinstance(times, int) and isinstance(other, str | bytes | tuple | list):
            return size_of(other) * times <= LARGEST
    return size_of(left) + size_of(right) <= _BITS


def _is_small_format(text: Value, values: Value) -> bool:
    if not isinstance(text, str) or _WIDE_FORMAT.search(text):
        return False
    return text.count("%") * size_of(values) + len(text) <= LARGEST


def size_of(value: Value) -> int:
    """Characters, bits and parts, of what is in a container too."""
    match value:
        case str() | bytes():
            return len(value)
        case tuple() | list() | set():
            return sum(map(size_of, value)) + len(value)
        case dict():
            return sum(size_of(key) + size_of(each) for key, each in value.items()) + len(value)
        case int():
            return value.bit_length()
        case _:
            return 30
