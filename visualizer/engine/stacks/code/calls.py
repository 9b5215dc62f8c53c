"""Each layer as the call that builds it in torch: the name of a module and its arguments. Code and modules use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from visualizer.engine.stacks.fields import Padding
from visualizer.engine.stacks.shapes import output_shape
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
    Shape,
    Sigmoid,
    Softmax,
    Stack,
    Tanh,
)

_PLAIN: Mapping[type[Layer], str] = {
    Flatten: "Flatten",
    ReLU: "ReLU",
    ReLU6: "ReLU6",
    Sigmoid: "Sigmoid",
    Tanh: "Tanh",
}


@dataclass(frozen=True)
class Call:
    """The module `name`, built with arguments by position and by name; what is as by default in torch is left out."""

    name: str
    by_place: tuple[Any, ...] = ()
    by_name: Mapping[str, Any] | None = None

    @property
    def named(self) -> Mapping[str, Any]:
        return self.by_name or {}


def calls_of(stack: Stack) -> tuple[Call, ...]:
    """The calls that build a stack.

    Raises: ValueError, in words, at a layer that can't take what it gets.
    """
    calls, shape = [], stack.takes
    for layer in stack.layers:
        after = output_shape(layer, shape)
        calls.append(call_of(layer, shape))
        shape = after
    return tuple(calls)


def call_of(layer: Layer, takes: Shape) -> Call:
    """The call that builds one layer for an input of this shape."""
    if isinstance(layer, Convolution):
        return _convolution(layer, takes[0])
    if isinstance(layer, LocallyConnected):
        sizes = (takes[0], layer.maps, (takes[1], takes[2]), layer.kernel)
        given = {"stride": layer.stride, "padding": layer.padding, "bias": layer.bias}
        return Call("LocallyConnected2d", sizes, _changed(given, {"stride": (1, 1), "padding": (0, 0), "bias": True}))
    if isinstance(layer, FullyConnected):
        return Call("Linear", (takes[0], layer.units), _changed({"bias": layer.bias}, {"bias": True}))
    if isinstance(layer, MaxPool | AveragePool):
        return _pooling(layer)
    if isinstance(layer, AdaptiveAveragePool):
        return Call("AdaptiveAvgPool2d", (_one(layer.size),))
    return _pointwise(layer, takes) or _block(layer, takes[0])


def _convolution(layer: Convolution, channels: int) -> Call:
    padding: Padding | int = layer.padding if isinstance(layer.padding, str) else _one(layer.padding)
    given = {
        "kernel_size": _one(layer.kernel),
        "stride": _one(layer.stride),
        "padding": padding,
        "dilation": _one(layer.dilation),
        "groups": layer.groups,
        "bias": layer.bias,
    }
    usual = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1, "bias": True}
    return Call("Conv2d", (channels, layer.maps), _changed(given, usual))


def _pooling(layer: MaxPool | AveragePool) -> Call:
    given = {"stride": _one(layer.stride), "padding": _one(layer.padding), "ceil_mode": layer.ceil}
    usual = {"stride": _one(layer.kernel), "padding": 0, "ceil_mode": False}
    if isinstance(layer, MaxPool):
        given["dilation"], usual["dilation"] = _one(layer.dilation), 1
    name = "MaxPool2d" if isinstance(layer, MaxPool) else "AvgPool2d"
    return Call(name, (_one(layer.kernel),), _changed(given, usual))


def _pointwise(layer: Layer, takes: Shape) -> Call | None:
    if isinstance(layer, Softmax):
        return Call("Softmax", by_name={"dim": 1})
    if isinstance(layer, Dropout):
        return Call("Dropout", (layer.share,))
    if isinstance(layer, BatchNorm):
        return Call("BatchNorm2d" if len(takes) == 3 else "BatchNorm1d", (takes[0],))
    if isinstance(layer, LocalResponseNorm):
        return Call("LocalResponseNorm", (layer.size,))
    name = _PLAIN.get(type(layer))
    return Call(name) if name else None


def _block(layer: Layer, channels: int) -> Call:
    if isinstance(layer, BasicBlock):
        return Call("BasicBlock", (channels, layer.maps), _changed({"stride": layer.stride}, {"stride": 1}))
    if isinstance(layer, DepthwiseSeparable | InvertedResidual):
        given = {"kernel_size": layer.kernel, "stride": layer.stride}
        usual = {"kernel_size": 3, "stride": 1}
        if isinstance(layer, InvertedResidual):
            given["expansion"], usual["expansion"] = layer.expansion, 6
        return Call(type(layer).__name__, (channels, layer.maps), _changed(given, usual))
    raise ValueError(f"layer must be one of the known kinds, got {layer!r}")


def _one(pair: tuple[int, int]) -> int | tuple[int, int]:
    """One number where rows and columns have the same, as people write it."""
    return pair[0] if pair[0] == pair[1] else pair


def _changed(given: Mapping[str, Any], usual: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in usual or value != usual[name]}
