"""Blocks: layers that are made of others, without bias in any convolution, as each is normalised."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Annotated, ClassVar

from visualizer.engine.geometry import Pair
from visualizer.engine.stacks.fields import IntField
from visualizer.engine.stacks.layers.activations import ReLU, ReLU6
from visualizer.engine.stacks.layers.layer import Layer, Shape
from visualizer.engine.stacks.layers.pointwise import BatchNorm
from visualizer.engine.stacks.layers.windowed import Convolution, Maps
from visualizer.engine.stacks.receptive_field import Window

OddKernel = Annotated[int, IntField("k", "kernel", 1, 31, "kernel_size", odd=True)]
OneStride = Annotated[int, IntField("s", "stride", 1, 512)]


@dataclass(frozen=True)
class Branches:
    """The main way through a block, what the input goes through before it is added, and what comes after the sum.

    `shortcut` is None where nothing is added, and empty where the input itself is.
    """

    main: tuple[Layer, ...]
    shortcut: tuple[Layer, ...] | None = None
    after: tuple[Layer, ...] = ()


class Block(Layer):
    """A layer made of others: its shape, its windows and its costs are theirs."""

    needs_maps: ClassVar[bool] = True
    inputs: ClassVar[str] = "in_channels"

    @abstractmethod
    def branches(self, channels: int) -> Branches: ...

    def _gives(self, takes: Shape) -> Shape:
        for part in self.branches(takes[0]).main:
            takes = part.output_shape(takes)
        return takes

    def reads(self, takes: Shape, places: Pair) -> list[tuple[Window, Window]]:
        found: list[tuple[Window, Window]] = []
        for part in self.branches(takes[0]).main:
            found += part.reads(takes, places)
            takes = part.output_shape(takes)
        return [step for step in found if any(each.extent > 1 or each.stride > 1 for each in step)]


@dataclass(frozen=True)
class BasicBlock(Block):
    """Two 3×3 convolutions with the block's input added (He et al. 2016, figure 5, left)."""

    word: ClassVar[str] = "basic"
    label: ClassVar[str] = "residual block"
    short: ClassVar[str] = "residual"
    start: ClassVar[str] = "{channels}"
    modules: ClassVar[tuple[str, ...]] = ("BasicBlock",)
    maps: Maps
    stride: OneStride = 1

    def branches(self, channels: int) -> Branches:
        first = Convolution(self.maps, (3, 3), (self.stride,) * 2, (1, 1), bias=False)
        second = Convolution(self.maps, (3, 3), (1, 1), (1, 1), bias=False)
        fits = self.stride == 1 and self.maps == channels
        shortcut = () if fits else (_across(self.maps, self.stride), BatchNorm())
        return Branches((first, BatchNorm(), ReLU(), second, BatchNorm()), shortcut, (ReLU(),))


@dataclass(frozen=True)
class DepthwiseSeparable(Block):
    """A convolution of each channel by itself, then one of 1×1 across channels (Howard et al. 2017)."""

    word: ClassVar[str] = "separable"
    label: ClassVar[str] = "depthwise separable"
    short: ClassVar[str] = "dw"
    start: ClassVar[str] = "32"
    modules: ClassVar[tuple[str, ...]] = ("DepthwiseSeparable",)
    maps: Maps
    kernel: OddKernel = 3
    stride: OneStride = 1

    def branches(self, channels: int) -> Branches:
        depthwise = _depthwise(channels, self.kernel, self.stride)
        return Branches((depthwise, BatchNorm(), ReLU(), _across(self.maps), BatchNorm(), ReLU()))


@dataclass(frozen=True)
class InvertedResidual(Block):
    """Expand 1×1, convolve depthwise, project 1×1; the input is added where it fits (Sandler et al. 2018: MBConv)."""

    word: ClassVar[str] = "mbconv"
    label: ClassVar[str] = "MBConv"
    short: ClassVar[str] = "MB"
    start: ClassVar[str] = "{channels}"
    modules: ClassVar[tuple[str, ...]] = ("InvertedResidual",)
    maps: Maps
    kernel: OddKernel = 3
    stride: OneStride = 1
    expansion: Annotated[int, IntField("e", "expansion", 1, 64)] = 6

    def branches(self, channels: int) -> Branches:
        wide = channels * self.expansion
        expand: tuple[Layer, ...] = () if self.expansion == 1 else (_across(wide), BatchNorm(), ReLU6())
        depthwise = (_depthwise(wide, self.kernel, self.stride), BatchNorm(), ReLU6())
        fits = self.stride == 1 and self.maps == channels
        return Branches((*expand, *depthwise, _across(self.maps), BatchNorm()), () if fits else None)


def _across(maps: int, stride: int = 1) -> Convolution:
    """A convolution of 1×1: each output pixel from the channels at one place."""
    return Convolution(maps, (1, 1), (stride, stride), bias=False)


def _depthwise(channels: int, kernel: int, stride: int) -> Convolution:
    """A kernel for each channel by itself, padded so that with stride 1 the size stays."""
    around = kernel // 2
    return Convolution(channels, (kernel,) * 2, (stride,) * 2, (around, around), groups=channels, bias=False)
