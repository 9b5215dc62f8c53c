"""The calls that may stand in pasted code, each read as a layer of a stack."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from torch import nn

from visualizer.engine.arguments import short
from visualizer.engine.geometry import Pair
from visualizer.engine.stacks.code.literals import Literal, Refused, literal_of
from visualizer.engine.stacks.code.modules import BLOCKS
from visualizer.engine.stacks.stack import (
    AdaptiveAveragePool,
    AveragePool,
    BasicBlock,
    BatchNorm,
    Convolution,
    DepthwiseSeparable,
    Dropout,
    Flatten,
    FullyConnected,
    InvertedResidual,
    Layer,
    LocallyConnected,
    LocalResponseNorm,
    MaxPool,
    ReLU,
    ReLU6,
    Sigmoid,
    Softmax,
    Tanh,
)

_MOST_INPUTS = 10**12
_UNSAID = ("inplace", "device", "dtype")
"""Arguments that nobody misses when they are passed over."""


class Arguments(dict[str, Literal]):
    """The arguments of a call by their names. Raises: ValueError naming the argument, its value and what is wanted."""

    def whole(self, name: str) -> int:
        value = self[name]
        if type(value) is not int:
            raise ValueError(f"{name} must be a whole number, got {short(value)}")
        return value

    def size(self, name: str) -> int:
        value = self.whole(name)
        if not 1 <= value <= _MOST_INPUTS:
            raise ValueError(f"{name} must be from 1 to {_MOST_INPUTS:,}, got {short(value)}")
        return value

    def pair(self, name: str) -> Pair:
        value = self[name]
        if type(value) is int:
            return value, value
        if isinstance(value, tuple) and len(value) == 2:
            return value[0], value[1]
        raise ValueError(f"{name} must be a whole number or two (rows, columns), got {short(value)}")

    def padding(self, name: str) -> Pair | str:
        value = self[name]
        if value == "valid":
            return 0, 0
        return value if isinstance(value, str) else self.pair(name)

    def switch(self, name: str) -> bool:
        value = self[name]
        if not isinstance(value, bool):
            raise ValueError(f"{name} must be True or False, got {short(value)}")
        return value

    def share(self, name: str) -> float:
        value = self[name]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{name} must be a number, got {short(value)}")
        return float(value)

    def only(self, name: str, *values: Literal) -> None:
        if self[name] not in values:
            raise ValueError(f"{name} must be {short(values[0])} here, got {short(self[name])}")


@dataclass(frozen=True)
class PastedLayer:
    """A layer, the line it stands in, and how many channels or inputs its call says it takes; None where it doesn't."""

    layer: Layer
    line: int
    name: str
    takes: int | None


@dataclass(frozen=True)
class _Known:
    """How a call is read: the arguments that count, the one that says what the layer takes, and what comes of it."""

    read: Callable[[Arguments], Layer]
    counted: tuple[str, ...] = ()
    takes: str = ""


def read_layer(name: str, call: ast.Call, notes: list[str]) -> PastedLayer:
    """The layer that a call of a known name builds.

    Raises: Refused with the line, where an argument is unknown, no literal, or out of its limits.
    """
    known = KNOWN[name]
    given, arguments = _bound(name, call)
    try:
        layer = known.read(arguments)
        takes = arguments.size(known.takes) if known.takes else None
    except ValueError as error:
        raise Refused(call, f"{name}: {error}") from None
    for each in given:
        if each not in (*known.counted, known.takes, *_UNSAID):
            notes.append(f"line {call.lineno}: {each} of {name} changes no count, so it isn't kept")
    return PastedLayer(layer, call.lineno, name, takes)


def _bound(name: str, call: ast.Call) -> tuple[list[str], Arguments]:
    """The names of the arguments that the call gives, and all arguments with their defaults."""
    module = BLOCKS[name] if name in BLOCKS else getattr(nn, name)
    by_place = [literal_of(each) for each in call.args]
    by_name: dict[str, Literal] = {}
    for keyword in call.keywords:
        if keyword.arg is None:
            raise Refused(call, f"{name}: arguments must be written out, not handed over with **")
        by_name[keyword.arg] = literal_of(keyword.value)
    try:
        bound = inspect.signature(module).bind(*by_place, **by_name)
    except TypeError as error:
        raise Refused(call, f"{name}: {error}") from None
    given = list(bound.arguments)
    bound.apply_defaults()
    return given, Arguments(bound.arguments)


def _convolution(given: Arguments) -> Layer:
    return Convolution(
        given.whole("out_channels"),
        given.pair("kernel_size"),
        given.pair("stride"),
        given.padding("padding"),
        given.pair("dilation"),
        given.whole("groups"),
        given.switch("bias"),
    )


def _local(given: Arguments) -> Layer:
    return LocallyConnected(
        given.whole("out_channels"),
        given.pair("kernel_size"),
        given.pair("stride"),
        given.padding("padding"),
        given.switch("bias"),
    )


def _max_pool(given: Arguments) -> Layer:
    given.only("return_indices", False)
    window, ceil = given.pair("kernel_size"), given.switch("ceil_mode")
    stride = window if given["stride"] is None else given.pair("stride")
    return MaxPool(window, stride, given.pair("padding"), given.pair("dilation"), ceil)


def _average_pool(given: Arguments) -> Layer:
    window, ceil = given.pair("kernel_size"), given.switch("ceil_mode")
    stride = window if given["stride"] is None else given.pair("stride")
    return AveragePool(window, stride, given.pair("padding"), ceil)


def _flatten(given: Arguments) -> Layer:
    given.only("start_dim", 1)
    given.only("end_dim", -1)
    return Flatten()


def _batch_norm(given: Arguments) -> Layer:
    given.only("affine", True)
    return BatchNorm()


_CONVOLUTION = ("out_channels", "kernel_size", "stride", "padding", "dilation", "groups", "bias")
_POOL = ("kernel_size", "stride", "padding", "ceil_mode")
_BLOCK = ("out_channels", "kernel_size", "stride", "expansion")
KNOWN: Mapping[str, _Known] = {
    "Conv2d": _Known(_convolution, _CONVOLUTION, "in_channels"),
    "Linear": _Known(
        lambda given: FullyConnected(given.whole("out_features"), given.switch("bias")),
        ("out_features", "bias"),
        "in_features",
    ),
    "MaxPool2d": _Known(_max_pool, (*_POOL, "dilation", "return_indices")),
    "AvgPool2d": _Known(_average_pool, _POOL),
    "AdaptiveAvgPool2d": _Known(lambda given: AdaptiveAveragePool(given.pair("output_size")), ("output_size",)),
    "Flatten": _Known(_flatten, ("start_dim", "end_dim")),
    "ReLU": _Known(lambda given: ReLU()),
    "ReLU6": _Known(lambda given: ReLU6()),
    "Sigmoid": _Known(lambda given: Sigmoid()),
    "Tanh": _Known(lambda given: Tanh()),
    "Softmax": _Known(lambda given: Softmax(), ("dim",)),
    "Dropout": _Known(lambda given: Dropout(given.share("p")), ("p",)),
    "BatchNorm2d": _Known(_batch_norm, ("affine",), "num_features"),
    "BatchNorm1d": _Known(_batch_norm, ("affine",), "num_features"),
    "LocalResponseNorm": _Known(lambda given: LocalResponseNorm(given.whole("size")), ("size",)),
    "LocallyConnected2d": _Known(_local, (*_CONVOLUTION, "in_size"), "in_channels"),
    "BasicBlock": _Known(
        lambda given: BasicBlock(given.whole("out_channels"), given.whole("stride")), _BLOCK, "in_channels"
    ),
    "DepthwiseSeparable": _Known(
        lambda given: DepthwiseSeparable(
            given.whole("out_channels"), given.whole("kernel_size"), given.whole("stride")
        ),
        *(_BLOCK, "in_channels"),
    ),
    "InvertedResidual": _Known(
        lambda given: InvertedResidual(
            *(given.whole("out_channels"), given.whole("kernel_size")),
            *(given.whole("stride"), given.whole("expansion")),
        ),
        *(_BLOCK, "in_channels"),
    ),
}
