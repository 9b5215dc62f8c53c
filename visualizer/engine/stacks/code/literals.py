"""The numbers in pasted code: literals, arithmetic with them, and names that stand for them. Nothing is run."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping

MAX_NUMBER = 10**12
"""Results of arithmetic are at most so large."""
_MAX_BITS = MAX_NUMBER.bit_length()
Literal = int | float | bool | str | None | tuple[int, ...]
Names = Mapping[str, Literal]
"""What names stand for, such as "hidden" or "self.hidden"."""
_LITERAL = (
    "arguments must be numbers, arithmetic with them (+ − * / // % **), names set to numbers above, True, False, None, "
    "a word in quotes or a tuple of whole numbers"
)
_NOTHING: Names = {}
_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}


class Refused(ValueError):
    """A line that can't be read, and why."""

    def __init__(self, node: ast.AST, words: str) -> None:
        self.line = getattr(node, "lineno", 1)
        super().__init__(f"line {self.line}: {words}")


def literal_of(node: ast.expr, names: Names = _NOTHING) -> Literal:
    """The value of a literal, or of arithmetic with literals and names that stand for them.

    Raises: Refused for every other expression, for an unknown name, and for a result above `MAX_NUMBER`.
    """
    if isinstance(node, ast.Tuple | ast.List):
        return _tuple(node, names)
    if isinstance(node, ast.Constant):
        return _constant(node)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        value = _number(node.operand, names)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp):
        return _result(node, names)
    if name := ".".join(dotted(node)):
        if name in names:
            return names[name]
        raise Refused(node, f"{name[:40]} is not set to a number above: {_LITERAL}")
    raise Refused(node, _LITERAL)


def dotted(node: ast.expr) -> list[str]:
    """["torch", "nn", "ReLU"] for torch.nn.ReLU; empty for anything but names."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return [node.id, *reversed(parts)] if isinstance(node, ast.Name) else []


def _constant(node: ast.Constant) -> int | float | bool | str | None:
    value = node.value
    if value is None or isinstance(value, int | float | str):
        return value
    raise Refused(node, _LITERAL)


def _tuple(node: ast.Tuple | ast.List, names: Names) -> tuple[int, ...]:
    numbers = [literal_of(each, names) for each in node.elts if not isinstance(each, ast.Tuple | ast.List)]
    whole = tuple(each for each in numbers if isinstance(each, int) and not isinstance(each, bool))
    if len(whole) != len(node.elts):
        raise Refused(node, _LITERAL)
    return whole


def _number(node: ast.expr, names: Names) -> int | float:
    value = literal_of(node, names)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(node, _LITERAL)
    return value


def _result(node: ast.BinOp, names: Names) -> int | float:
    """What an operation comes to, refused before it is worked out where that would take long."""
    left, right = _number(node.left, names), _number(node.right, names)
    worked_out = _OPERATORS.get(type(node.op))
    if worked_out is None:
        raise Refused(node, _LITERAL)
    if max(abs(left), abs(right)) > MAX_NUMBER or (isinstance(node.op, ast.Pow) and _is_huge(left, right)):
        raise _too_large(node)
    try:
        result = worked_out(left, right)
    except ZeroDivisionError:
        raise Refused(node, "this divides by 0") from None
    except OverflowError:
        raise _too_large(node) from None
    if isinstance(result, complex) or not math.isfinite(result):
        raise Refused(node, "this comes to no number")
    if abs(result) > MAX_NUMBER:
        raise _too_large(node)
    return result


def _is_huge(base: float, exponent: float) -> bool:
    """Whether a power is above `MAX_NUMBER` for certain: |base| is at least 2 to the power of its bits less one."""
    return abs(exponent) * (int(abs(base)).bit_length() - 1) > _MAX_BITS


def _too_large(node: ast.expr) -> Refused:
    return Refused(node, f"numbers must be at most {MAX_NUMBER:,}")
