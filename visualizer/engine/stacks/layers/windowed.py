"""The layers that read windows of maps: convolutions and poolings."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Annotated, ClassVar

from visualizer.engine.geometry import Grid, Pair, Sides, grid, same_padding
from visualizer.engine.stacks.fields import IntField, Padding, PaddingField, PairField, SwitchField
from visualizer.engine.stacks.layers.layer import Call, Layer, Shape, Worked, fields_of, product, worked
from visualizer.engine.stacks.receptive_field import Window

MAX_SIDE = 4096
_MAX_KERNEL = 512

Maps = Annotated[int, IntField("", "maps", argument="out_channels")]
Kernel = Annotated[Pair, PairField("k", "kernel", 1, _MAX_KERNEL, "kernel_size")]
PoolWindow = Annotated[Pair, PairField("", "window", 1, _MAX_KERNEL, "kernel_size")]
Stride = Annotated[Pair, PairField("s", "stride", 1, _MAX_KERNEL)]
Surround = Annotated[Padding, PaddingField("p", "padding", 0, _MAX_KERNEL)]
PoolSurround = Annotated[Pair, PairField("p", "padding", 0, _MAX_KERNEL)]
Dilation = Annotated[Pair, PairField("d", "dilation", 1, _MAX_KERNEL)]
Groups = Annotated[int, IntField("g", "groups")]
Bias = Annotated[bool, SwitchField("b", "bias")]
Ceil = Annotated[bool, SwitchField("c", "round up", argument="ceil_mode")]
_AS_WINDOW = (0, 0)


class Windowed(Layer):
    """Windows of one size over all places."""

    needs_maps: ClassVar[bool] = True

    @abstractmethod
    def windows(self, takes: Shape) -> Grid:
        """The windows over maps of this shape.

        Raises: ValueError where no window fits, with the smallest changes that make room for one.
        """

    def _gives(self, takes: Shape) -> Shape:
        return (takes[0], *self.windows(takes).outputs)

    def shape_formula(self, takes: Shape, gives: Shape) -> str:
        windows = self.windows(takes)
        rows, columns = windows.rows.formula, windows.columns.formula
        sides = f"rows and columns: {rows}" if rows == columns else f"rows: {rows}; columns: {columns}"
        return f"{gives[0]:,} {'maps' if 'maps' in fields_of(type(self)) else 'channels as before'}; {sides}"

    def reads(self, takes: Shape, places: Pair) -> list[tuple[Window, Window]]:
        windows = self.windows(takes)
        rows, columns = (
            Window(each.extent, Fraction(each.stride), each.windows) for each in (windows.rows, windows.columns)
        )
        return [(rows, columns)]


@dataclass(frozen=True)
class Convolution(Windowed):
    """A kernel for each output map over all channels of its group, the same at every place."""

    word: ClassVar[str] = "conv"
    label: ClassVar[str] = "convolution"
    plural: ClassVar[str] = "convolutions"
    start: ClassVar[str] = "16k3p1"
    modules: ClassVar[tuple[str, ...]] = ("Conv2d",)
    inputs: ClassVar[str] = "in_channels"
    maps: Maps
    kernel: Kernel
    stride: Stride = (1, 1)
    padding: Surround = (0, 0)
    dilation: Dilation = (1, 1)
    groups: Groups = 1
    bias: Bias = True

    def windows(self, takes: Shape) -> Grid:
        padding = _sides(self.padding, self.kernel, self.stride, self.dilation)
        return grid("kernel", _size(takes), self.kernel, self.stride, self.dilation, padding, image="the input")

    def _gives(self, takes: Shape) -> Shape:
        self._check_groups(takes[0])
        return (self.maps, *super()._gives(takes)[1:])

    def parameters(self, takes: Shape, gives: Shape) -> Worked:
        weights = prod(self.kernel) * (takes[0] // self.groups) * self.maps
        words = f"kernel rows · kernel columns · channels{' / groups' if self.groups > 1 else ''} · maps"
        numbers = f"{_under(self.kernel, takes[0], self.groups)} · {self.maps:,}"
        return worked(weights, words, numbers, self.maps if self.bias else 0)

    def multiply_adds(self, takes: Shape, gives: Shape) -> Worked:
        return _multiply_adds(self.kernel, takes[0], self.groups, gives)

    def _check_groups(self, channels: int) -> None:
        for count, what in ((channels, "input channels"), (self.maps, "maps")):
            if count % self.groups:
                tried = range(1, min(self.groups, count) + 1)
                near = max(each for each in tried if not (channels % each or self.maps % each))
                raise ValueError(
                    f"its {self.groups:,} groups must share out the {count:,} {what if count > 1 else what[:-1]} "
                    f"evenly: use {near:,} group{'s' if near > 1 else ''}"
                )


@dataclass(frozen=True)
class LocallyConnected(Windowed):
    """As a convolution, but untied: every place has kernels and biases of its own (slide 22)."""

    word: ClassVar[str] = "local"
    label: ClassVar[str] = "locally connected"
    plural: ClassVar[str] = "locally connected layers"
    start: ClassVar[str] = "8k3p1"
    modules: ClassVar[tuple[str, ...]] = ("LocallyConnected2d",)
    inputs: ClassVar[str] = "in_channels"
    implied: ClassVar[tuple[str, ...]] = ("in_size",)
    maps: Maps
    kernel: Kernel
    stride: Stride = (1, 1)
    padding: Surround = (0, 0)
    bias: Bias = True

    def windows(self, takes: Shape) -> Grid:
        padding = _sides(self.padding, self.kernel, self.stride)
        return grid("kernel", _size(takes), self.kernel, self.stride, padding=padding, image="the input")

    def _gives(self, takes: Shape) -> Shape:
        return (self.maps, *super()._gives(takes)[1:])

    def parameters(self, takes: Shape, gives: Shape) -> Worked:
        return worked(
            prod(self.kernel) * takes[0] * prod(gives),
            "kernel rows · kernel columns · channels · maps · places",
            f"{_under(self.kernel, takes[0])} · {product(*gives)}",
            prod(gives) if self.bias else 0,
        )

    def multiply_adds(self, takes: Shape, gives: Shape) -> Worked:
        return _multiply_adds(self.kernel, takes[0], 1, gives)

    def call(self, takes: Shape) -> Call:
        named = {name: value for name, value in self.given.items() if name not in ("maps", "kernel")}
        return Call(self.modules[0], (takes[0], self.maps, _size(takes), self.kernel), named)


@dataclass(frozen=True)
class MaxPool(Windowed):
    word: ClassVar[str] = "max"
    label: ClassVar[str] = "max pooling"
    start: ClassVar[str] = "2"
    modules: ClassVar[tuple[str, ...]] = ("MaxPool2d",)
    fixed: ClassVar[Mapping[str, object]] = {"return_indices": False}
    kernel: PoolWindow
    stride: Stride = _AS_WINDOW
    padding: PoolSurround = (0, 0)
    dilation: Dilation = (1, 1)
    ceil: Ceil = False

    def __post_init__(self) -> None:
        _window_as_stride(self)
        super().__post_init__()

    def windows(self, takes: Shape) -> Grid:
        return _pool_windows(self, takes, self.dilation)


@dataclass(frozen=True)
class AveragePool(Windowed):
    word: ClassVar[str] = "avg"
    label: ClassVar[str] = "average pooling"
    start: ClassVar[str] = "2"
    modules: ClassVar[tuple[str, ...]] = ("AvgPool2d",)
    kernel: PoolWindow
    stride: Stride = _AS_WINDOW
    padding: PoolSurround = (0, 0)
    ceil: Ceil = False

    def __post_init__(self) -> None:
        _window_as_stride(self)
        super().__post_init__()

    def windows(self, takes: Shape) -> Grid:
        return _pool_windows(self, takes)


@dataclass(frozen=True)
class AdaptiveAveragePool(Layer):
    """Means over windows that are chosen so that the result has this size."""

    word: ClassVar[str] = "adapt"
    label: ClassVar[str] = "adaptive average pooling"
    short: ClassVar[str] = "mean"
    start: ClassVar[str] = "1"
    needs_maps: ClassVar[bool] = True
    modules: ClassVar[tuple[str, ...]] = ("AdaptiveAvgPool2d",)
    size: Annotated[Pair, PairField("", "output size", 1, MAX_SIDE, "output_size")]

    def _gives(self, takes: Shape) -> Shape:
        return (takes[0], *self.size)

    def shape_formula(self, takes: Shape, gives: Shape) -> str:
        return f"{gives[0]:,} channels as before; as many rows and columns as asked for: {gives[1]:,} × {gives[2]:,}"

    def reads(self, takes: Shape, places: Pair) -> list[tuple[Window, Window]]:
        return [(_adaptive(takes[1], self.size[0]), _adaptive(takes[2], self.size[1]))]


def _adaptive(size: int, outputs: int) -> Window:
    """The windows ⌊i · size / outputs⌋ to ⌈(i + 1) · size / outputs⌉, as torch chooses them."""
    largest = max(-(-(i + 1) * size // outputs) - i * size // outputs for i in range(outputs))
    return Window(largest, Fraction(size, outputs), outputs, size % outputs == 0)


def _window_as_stride(pool: MaxPool | AveragePool) -> None:
    """A pooling whose stride is left open moves on by its window."""
    if pool.stride == _AS_WINDOW:
        object.__setattr__(pool, "stride", pool.kernel)


def _pool_windows(pool: MaxPool | AveragePool, takes: Shape, dilation: Pair = (1, 1)) -> Grid:
    padding = _sides(pool.padding, pool.kernel, pool.stride)
    window = (_size(takes), pool.kernel, pool.stride, dilation, padding)
    return grid("window", *window, ceil=pool.ceil, at_most_half=True, image="the input")


def _sides(padding: Padding, kernel: Pair, stride: Pair, dilation: Pair = (1, 1)) -> Sides:
    if isinstance(padding, str):
        return same_padding(kernel, stride, dilation)
    return padding[0], padding[0], padding[1], padding[1]


def _size(maps: Shape) -> Pair:
    return maps[1], maps[2]


def _under(kernel: Pair, channels: int, groups: int = 1) -> str:
    """The numbers under a kernel: rows, columns and the channels of its group."""
    return f"{kernel[0]} · {kernel[1]} · {channels:,}" + (f" / {groups:,}" if groups > 1 else "")


def _multiply_adds(kernel: Pair, channels: int, groups: int, gives: Shape) -> Worked:
    return worked(
        prod(kernel) * (channels // groups) * prod(gives),
        "output maps · rows · columns · numbers under a kernel",
        f"{product(*gives)} · ({_under(kernel, channels, groups)})",
    )
