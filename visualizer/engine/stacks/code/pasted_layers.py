"""The calls that may stand in pasted code, each read as a layer of a stack."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from visualizer.engine.arguments import short
from visualizer.engine.stacks.code.literals import MAX_NUMBER, Literal, Names, Refused, literal_of
from visualizer.engine.stacks.code.modules import module_class
from visualizer.engine.stacks.fields import IntField
from visualizer.engine.stacks.layers import KINDS
from visualizer.engine.stacks.layers.layer import Layer, fields_of

_UNSAID = ("inplace", "device", "dtype")
"""Arguments that nobody misses when they are passed over."""
KNOWN: Mapping[str, type[Layer]] = {name: kind for kind in KINDS for name in kind.modules}
"""The kinds of layers by the names of their modules."""
STAND_INS: Mapping[str, str] = {"Dropout2d": "Dropout"}
"""Modules that are read as another one with the same counts, which is said."""


@dataclass(frozen=True)
class PastedLayer:
    """A layer, the line it stands in, and how many channels or inputs its call says it takes; None where it doesn't.

    Of a network's class `called` is the line of forward that calls a layer set elsewhere, and `gives` how many numbers
    a view says that its rows have.
    """

    layer: Layer
    line: int
    name: str
    takes: int | None
    called: int | None = None
    gives: int | None = None

    @property
    def where(self) -> str:
        """Its line, in words."""
        return f"line {self.line}" if self.called is None else f"line {self.line}, called in line {self.called}"

    @property
    def has_weights(self) -> bool:
        return bool(type(self.layer).inputs)


def read_layer(name: str, call: ast.Call, notes: list[str], names: Names) -> PastedLayer:
    """The layer that a call of a known name builds; `names` are those that stand for numbers.

    Raises: Refused with the line, where an argument is unknown, no literal, or out of its limits.
    """
    by_place = [literal_of(each, names) for each in call.args]
    by_name: dict[str, Literal] = {}
    for keyword in call.keywords:
        if keyword.arg is None:
            raise Refused(call, f"{name}: arguments must be written out, not handed over with **")
        by_name[keyword.arg] = literal_of(keyword.value, names)
    return built_layer(name, call, by_place, by_name, notes)


def built_layer(
    name: str, call: ast.Call, by_place: Sequence[Literal], by_name: Mapping[str, Literal], notes: list[str]
) -> PastedLayer:
    """The layer that a module of a known name is with these arguments; the call is where that is said.

    Raises: Refused with the line, where an argument is unknown or out of its limits.
    """
    if name in STAND_INS:
        notes.append(f"line {call.lineno}: {name} is taken as {STAND_INS[name]}, which changes no count")
        name = STAND_INS[name]
    kind = KNOWN[name]
    given, changed = _arguments(name, call, by_place, by_name)
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


def _arguments(
    name: str, call: ast.Call, by_place: Sequence[Literal], by_name: Mapping[str, Literal]
) -> tuple[dict[str, Literal], dict[str, Literal]]:
    """The arguments that are given, by their names, and those of them that are not as by default."""
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
    if not 1 <= whole <= MAX_NUMBER:
        raise ValueError(f"{name} must be from 1 to {MAX_NUMBER:,}, got {short(value)}")
    return whole
