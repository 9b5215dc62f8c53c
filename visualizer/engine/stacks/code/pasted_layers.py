"""The calls that may stand in pasted code, each read as a layer of a stack, and the literals in them."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from dataclasses import dataclass

from visualizer.engine.arguments import short
from visualizer.engine.stacks.code.modules import module_class
from visualizer.engine.stacks.fields import IntField
from visualizer.engine.stacks.layers import KINDS
from visualizer.engine.stacks.layers.layer import Layer, fields_of

_MAX_INPUTS = 10**12
_UNSAID = ("inplace", "device", "dtype")
"""Arguments that nobody misses when they are passed over."""
KNOWN: Mapping[str, type[Layer]] = {name: kind for kind in KINDS for name in kind.modules}
"""The kinds of layers by the names of their modules."""
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


@dataclass(frozen=True)
class PastedLayer:
    """A layer, the line it stands in, and how many channels or inputs its call says it takes; None where it doesn't."""

    layer: Layer
    line: int
    name: str
    takes: int | None


def read_layer(name: str, call: ast.Call, notes: list[str]) -> PastedLayer:
    """The layer that a call of a known name builds.

    Raises: Refused with the line, where an argument is unknown, no literal, or out of its limits.
    """
    kind = KNOWN[name]
    given, changed = _arguments(name, call)
    try:
        layer = kind.read(changed)
        takes = _size(kind.inputs, given[kind.inputs]) if kind.inputs else None
    except ValueError as error:
        raise Refused(call, f"{name}: {error}") from None
    counted = {kind.inputs, *kind.fixed, *kind.implied, *(form.keyword for form in fields_of(kind).values())}
    for each in given:
        if each not in counted and each not in _UNSAID:
            notes.append(f"line {call.lineno}: {each} of {name} changes no count, so it isn't kept")
    return PastedLayer(layer, call.lineno, name, takes)


def _arguments(name: str, call: ast.Call) -> tuple[dict[str, Literal], dict[str, Literal]]:
    """The arguments that the call gives, by their names, and those of them that are not as by default."""
    by_place = [literal_of(each) for each in call.args]
    by_name: dict[str, Literal] = {}
    for keyword in call.keywords:
        if keyword.arg is None:
            raise Refused(call, f"{name}: arguments must be written out, not handed over with **")
        by_name[keyword.arg] = literal_of(keyword.value)
    signature = inspect.signature(module_class(name))
    try:
        given = signature.bind(*by_place, **by_name).arguments
    except TypeError as error:
        raise Refused(call, f"{name}: {error}") from None
    usual = {each: signature.parameters[each].default for each in given}
    return given, {each: value for each, value in given.items() if repr(value) != repr(usual[each])}


def _size(name: str, value: Literal) -> int:
    """How many channels or inputs a call says that it takes."""
    whole = IntField("", name).read_literal(value)
    if not 1 <= whole <= _MAX_INPUTS:
        raise ValueError(f"{name} must be from 1 to {_MAX_INPUTS:,}, got {short(value)}")
    return whole
