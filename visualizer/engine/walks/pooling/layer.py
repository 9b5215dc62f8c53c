"""A pooling with its image: the arguments of a pooling trace, checked and turned into float64."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from torch import Tensor

from visualizer.engine.arguments import checked_tensor, short
from visualizer.engine.geometry import Axis, Grid, Pair, grid, pair, sides

KINDS = ("max", "average")


@dataclass(frozen=True)
class Pooling:
    """A pooling: how a window is summed up, and where the windows lie.

    `source` and `target` name the arrays that it reads and writes.
    """

    kind: Literal["max", "average"]
    channels: int
    grid: Grid
    count_include_pad: bool = True
    source: str = "x"
    target: str = "y"

    @property
    def size(self) -> Pair:
        return self.grid.rows.size, self.grid.columns.size

    @property
    def output_shape(self) -> tuple[int, int, int]:
        return self.channels, *self.grid.outputs

    @property
    def numbers(self) -> int:
        """How many numbers a window sees that lies inside the image."""
        return self.grid.rows.kernel * self.grid.columns.kernel

    @property
    def is_max(self) -> bool:
        return self.kind == "max"

    def blocks(self, axis: Axis) -> list[slice]:
        """For each window, the places in the image that it sees: at least one, as is checked."""
        return [overlap[0] for overlap in axis.window if overlap]

    def counts(self, axis: Axis) -> list[int]:
        """For each window, how many of its rows or columns an average counts: those on the image, or on padding too."""
        if self.count_include_pad:
            end = axis.size + axis.after  # rounding up may let a window reach further: that never counts
            return [min(axis.start(window) + axis.kernel, end) - axis.start(window) for window in range(axis.windows)]
        return [places.stop - places.start for places in self.blocks(axis)]


def checked_pooling(
    shape: tuple[int, int, int],
    kind: object,
    kernel_size: object,
    stride: object,
    padding: object,
    dilation: object,
    ceil_mode: bool,
    count_include_pad: bool,
    source: str = "x",
    target: str = "y",
) -> Pooling:
    """A pooling over arrays of this shape (channels, rows, columns).

    Raises: ValueError naming the argument, its value and the limit.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {short(kind)}")
    kernel, holes = pair("kernel_size", kernel_size, 1), pair("dilation", dilation, 1)
    steps = kernel if stride is None else pair("stride", stride, 1)
    if kind == "average" and holes != (1, 1):
        raise ValueError(f"dilation must be 1 with kind 'average', got {short(dilation)}: use 1, or kind 'max'")
    rounded_up = bool(ceil_mode)
    windows = grid(
        "kernel_size", shape[1:], kernel, steps, holes, sides(padding), ceil=rounded_up, at_most_half=True, image=source
    )
    for axis in (windows.rows, windows.columns):
        _check_no_empty_window(axis, source)
    kind_: Literal["max", "average"] = "max" if kind == "max" else "average"
    return Pooling(kind_, shape[0], windows, bool(count_include_pad), source, target)


def _check_no_empty_window(axis: Axis, image: str) -> None:
    """torch gives −∞ here, and a switch outside the image, which its backward pass can't follow."""
    if None in axis.window:
        raise ValueError(
            f"dilation {axis.dilation} lets a window straddle the {axis.size} {axis.name} of {image} and see padding "
            f"only, which has no maximum: use padding 0, or dilation 1"
        )


def checked_image(x: object) -> Tensor:
    return checked_tensor("x", x, "channels, rows, columns")


def checked_gradient(name: str, value: object, shape: tuple[int, int, int]) -> Tensor | None:
    """∂ℓ/∂ of an output of this shape; None where there is no backward pass."""
    if value is None:
        return None
    tensor = checked_tensor(name, value, "channels, rows, columns")
    if tuple(tensor.shape) != shape:
        raise ValueError(f"{name} must have the output's shape {shape}, got {tuple(tensor.shape)}")
    return tensor
