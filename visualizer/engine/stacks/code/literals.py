"""Literals in pasted code: numbers, words and tuples of numbers, and nothing that would have to be computed."""

from __future__ import annotations

import ast

Literal = int | float | bool | str | None | tuple[int, ...]
_LITERAL = "arguments must be numbers, True, False, None, a word in quotes or a tuple of whole numbers"


class Refused(ValueError):
    """A line that can't be read, and why."""

    def __init__(self, node: ast.AST, words: str) -> None:
        self.line = getattr(node, "lineno", 1)
        super().__init__(f"line {self.line}: {words}")


def literal_of(node: ast.expr) -> Literal:
    """The value of a literal. Raises: Refused for every other expression."""
    if isinstance(node, ast.Tuple | ast.List):
        numbers = [literal_of(each) for each in node.elts if not isinstance(each, ast.Tuple | ast.List)]
        if len(numbers) != len(node.elts) or not all(type(each) is int for each in numbers):
            raise Refused(node, _LITERAL)
        return tuple(each for each in numbers if isinstance(each, int))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _constant(node.operand)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return -value
    elif isinstance(node, ast.Constant):
        return _constant(node)
    raise Refused(node, _LITERAL)


def _constant(node: ast.expr) -> int | float | bool | str | None:
    value = node.value if isinstance(node, ast.Constant) else ...
    if value is None or isinstance(value, int | float | str):
        return value
    raise Refused(node, _LITERAL)
