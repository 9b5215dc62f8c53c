"""The layers that a block is made of."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.engine.stacks.stack import (
    BasicBlock,
    BatchNorm,
    Convolution,
    DepthwiseSeparable,
    InvertedResidual,
    Layer,
    ReLU,
    ReLU6,
)

Block = BasicBlock | DepthwiseSeparable | InvertedResidual


@dataclass(frozen=True)
class Branches:
    """The main way through a block, what the input goes through before it is added, and what comes after the sum.

    `shortcut` is None where nothing is added, and empty where the input itself is.
    """

    main: tuple[Layer, ...]
    shortcut: tuple[Layer, ...] | None = None
    after: tuple[Layer, ...] = ()


def branches_of(block: Block, channels: int) -> Branches:
    """What the block is made of, over an input of so many channels. All convolutions are without bias: each is
    normalised.
    """
    if isinstance(block, BasicBlock):
        return _basic(block, channels)
    if isinstance(block, DepthwiseSeparable):
        depthwise = _depthwise(channels, block.kernel, block.stride)
        return Branches((depthwise, BatchNorm(), ReLU(), _across(block.maps), BatchNorm(), ReLU()))
    return _inverted(block, channels)


def _basic(block: BasicBlock, channels: int) -> Branches:
    first = Convolution(block.maps, (3, 3), (block.stride,) * 2, (1, 1), bias=False)
    second = Convolution(block.maps, (3, 3), (1, 1), (1, 1), bias=False)
    fits = block.stride == 1 and block.maps == channels
    shortcut = () if fits else (_across(block.maps, block.stride), BatchNorm())
    return Branches((first, BatchNorm(), ReLU(), second, BatchNorm()), shortcut, (ReLU(),))


def _inverted(block: InvertedResidual, channels: int) -> Branches:
    wide = channels * block.expansion
    expand: tuple[Layer, ...] = () if block.expansion == 1 else (_across(wide), BatchNorm(), ReLU6())
    depthwise = (_depthwise(wide, block.kernel, block.stride), BatchNorm(), ReLU6())
    fits = block.stride == 1 and block.maps == channels
    return Branches((*expand, *depthwise, _across(block.maps), BatchNorm()), () if fits else None)


def _across(maps: int, stride: int = 1) -> Convolution:
    """A convolution of 1×1: each output pixel from the channels at one place."""
    return Convolution(maps, (1, 1), (stride, stride), bias=False)


def _depthwise(channels: int, kernel: int, stride: int) -> Convolution:
    """A kernel for each channel by itself, padded so that with stride 1 the size stays."""
    return Convolution(
        channels, (kernel, kernel), (stride, stride), (kernel // 2, kernel // 2), groups=channels, bias=False
    )
