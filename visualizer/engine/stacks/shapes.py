"""The shape that each layer gives, and what it can't take."""

from __future__ import annotations

from visualizer.engine.geometry import Grid, Pair, grid, same_padding
from visualizer.engine.stacks.blocks import branches_of
from visualizer.engine.stacks.stack import (
    AdaptiveAveragePool,
    AveragePool,
    BasicBlock,
    Convolution,
    DepthwiseSeparable,
    Flatten,
    FullyConnected,
    InvertedResidual,
    Layer,
    LocallyConnected,
    LocalResponseNorm,
    MaxPool,
    Shape,
)

Windowed = Convolution | LocallyConnected | MaxPool | AveragePool
_NEEDS_MAPS = (
    *(Convolution, LocallyConnected, MaxPool, AveragePool, AdaptiveAveragePool, LocalResponseNorm),
    *(BasicBlock, DepthwiseSeparable, InvertedResidual),
)


def shape_text(shape: Shape) -> str:
    """A shape as people write it: 8 × 28 × 28, or 10."""
    return " × ".join(f"{size:,}" for size in shape)


def count_of(shape: Shape) -> int:
    """How many numbers a shape holds."""
    count = 1
    for size in shape:
        count *= size
    return count


def output_shape(layer: Layer, shape: Shape) -> Shape:
    """The shape that a layer gives for an input of this shape.

    Raises: ValueError, in words, where the layer can't take it.
    """
    if len(shape) == 1 and isinstance(layer, _NEEDS_MAPS):
        raise ValueError(
            f"it needs maps (channels × rows × columns), but gets a flat row of {shape[0]:,} numbers: "
            "move it before the flatten"
        )
    if isinstance(layer, FullyConnected):
        if len(shape) == 3:
            raise ValueError(f"it needs a flat row of numbers, but gets maps, {shape_text(shape)}: flatten them first")
        return (layer.units,)
    if isinstance(layer, Flatten):
        return (count_of(shape),)
    if isinstance(layer, AdaptiveAveragePool):
        return (shape[0], *layer.size)
    if isinstance(layer, Windowed):
        if isinstance(layer, Convolution):
            _check_groups(layer, shape[0])
        maps = layer.maps if isinstance(layer, Convolution | LocallyConnected) else shape[0]
        return (maps, *windows_of(layer, shape).outputs)
    if isinstance(layer, BasicBlock | DepthwiseSeparable | InvertedResidual):
        for part in branches_of(layer, shape[0]).main:
            shape = output_shape(part, shape)
    return shape


def windows_of(layer: Windowed, shape: Shape) -> Grid:
    """The windows of a layer over maps of this shape.

    Raises: ValueError where no window fits, with the smallest changes that make room for one.
    """
    size = shape[1], shape[2]
    if isinstance(layer, Convolution | LocallyConnected):
        dilation = layer.dilation if isinstance(layer, Convolution) else (1, 1)
        padding = _sides(layer.padding, layer.kernel, layer.stride, dilation)
        return grid("kernel", size, layer.kernel, layer.stride, dilation, padding, image="the input")
    dilation = layer.dilation if isinstance(layer, MaxPool) else (1, 1)
    padding = _sides(layer.padding, layer.kernel, layer.stride, dilation)
    return grid(
        *("window", size, layer.kernel, layer.stride, dilation, padding),
        ceil=layer.ceil,
        at_most_half=True,
        image="the input",
    )


def _sides(padding: Pair | str, kernel: Pair, stride: Pair, dilation: Pair) -> tuple[int, int, int, int]:
    if isinstance(padding, str):
        return same_padding(kernel, stride, dilation)
    return padding[0], padding[0], padding[1], padding[1]


def _check_groups(layer: Convolution, channels: int) -> None:
    for count, what in ((channels, "input channels"), (layer.maps, "maps")):
        if count % layer.groups:
            near = max(
                each for each in range(1, min(layer.groups, count) + 1) if not (channels % each or layer.maps % each)
            )
            raise ValueError(
                f"its {layer.groups:,} groups must share out the {count:,} {what if count > 1 else what[:-1]} evenly: "
                f"use {near:,} group{'s' if near > 1 else ''}"
            )
