"""What in an image a unit of a ConvNet looks for: its activation, projected back to the pixels in three ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.convnet.convnet import ConvNet, run_convnet

Method = Literal["deconvnet", "gradient", "guided"]
METHODS: tuple[Method, ...] = ("deconvnet", "gradient", "guided")


@dataclass(frozen=True)
class Unit:
    """One number of one map: `layer` is "relu1" or "relu2", `place` its (row, column)."""

    layer: str
    map: int
    place: tuple[int, int]


@dataclass(frozen=True, eq=False)
class Projection:
    """A unit's way back to the pixels, one stage an operation, the pixels last.

    `stages` are pairs of a name ("unit", "relu2", "convolution2", "unpool1", …) and the signal there, of the shape
    (maps, side, side); the last one is (channels, size, size).
    """

    unit: Unit
    activation: float
    stages: tuple[tuple[str, Tensor], ...]

    @property
    def pixels(self) -> Tensor:
        return self.stages[-1][1]


def strongest_place(arrays: Mapping[str, Tensor], layer: str, map: int) -> Unit:
    """Where a map is most active; `arrays` are those of `run_convnet` on one image."""
    values = arrays[layer][0, map]
    row, column = divmod(int(values.argmax()), values.shape[1])
    return Unit(layer, map, (row, column))


def project(net: ConvNet, x: Tensor, unit: Unit, method: Method = "deconvnet") -> Projection:
    """One unit's activation, all others of its layer set to 0, projected back to the pixels.

    "deconvnet": unpooling puts each number back where the switches say, ReLU keeps what is positive, and the transposed
    filters (the same ones, each flipped) lead to the layer below. "gradient": ∂ activation / ∂ pixels, where the mask
    of the forward pass stands in place of that ReLU. "guided": both masks. The signal starts as the activation itself
    for the deconvnet, and as 1 for the gradients.

    Shapes: x (channels, size, size).
    Raises: ValueError for a net whose weights are not shared, a method or unit that there is none of.
    Source: Zeiler & Fergus 2013, section 2.1; Simonyan, Vedaldi & Zisserman 2013; Springenberg et al. 2014 (guided).
    """
    if net.shape.sharing != "tied":
        raise ValueError(f"net must share its weights, got sharing {net.shape.sharing!r}")
    if method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}, got {method!r}")
    arrays = run_convnet(net, x[None])
    values = _checked(arrays, unit)
    activation = float(values[(unit.map, *unit.place)])
    signal = torch.zeros_like(values)
    signal[(unit.map, *unit.place)] = activation if method == "deconvnet" else 1.0
    stages = [("unit", signal)]
    with torch.no_grad():
        for number in range(int(unit.layer[-1]), 0, -1):
            signal = _rectified(signal, arrays[f"conv{number}"][0], method)
            stages.append((f"relu{number}", signal))
            signal = functional.conv_transpose2d(
                signal[None], net[f"conv{number}_weight"], padding=net.shape.kernel // 2
            )[0]
            stages.append((f"convolution{number}", signal))
            if number > 1:
                signal = _unpooled(net, arrays, number - 1, signal)
                stages.append((f"unpool{number - 1}", signal))
    return Projection(unit, activation, tuple(stages))


def _checked(arrays: Mapping[str, Tensor], unit: Unit) -> Tensor:
    """The unit's layer. Raises: ValueError where there is no such unit."""
    if unit.layer not in ("relu1", "relu2"):
        raise ValueError(f"layer must be relu1 or relu2, got {unit.layer!r}")
    values = arrays[unit.layer][0]
    inside = all(0 <= at < most for at, most in zip((unit.map, *unit.place), values.shape, strict=True))
    if not inside:
        raise ValueError(f"{unit.layer} has {tuple(values.shape)} numbers, none at {(unit.map, *unit.place)}")
    return values


def _rectified(signal: Tensor, sums: Tensor, method: Method) -> Tensor:
    if method == "deconvnet":
        return functional.relu(signal)
    passed = signal * (sums > 0)
    return functional.relu(passed) if method == "guided" else passed


def _unpooled(net: ConvNet, arrays: Mapping[str, Tensor], number: int, signal: Tensor) -> Tensor:
    """Each number back at the place that won its window, 0 elsewhere."""
    side, pool = net.shape.sizes[number - 1], net.shape.pools[number - 1]
    switches = arrays[f"switches{number}"]
    return functional.max_unpool2d(signal[None], switches, (pool, pool), output_size=(side, side))[0]
