"""Blocks taken apart: the layers, in order, that their torch modules have."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from visualizer.engine.stacks.code.code import build_module
from visualizer.engine.stacks.layers.blocks import BasicBlock, Block, DepthwiseSeparable, InvertedResidual
from visualizer.engine.stacks.layers.windowed import Convolution
from visualizer.engine.stacks.stack import Stack


@pytest.mark.parametrize(
    "block",
    [
        BasicBlock(4),
        BasicBlock(6, 2),
        DepthwiseSeparable(8, 5, 2),
        InvertedResidual(4),
        InvertedResidual(6, 5, 2, 3),
        InvertedResidual(4, 3, 1, 1),
    ],
)
def test_a_block_has_the_convolutions_of_its_module(block: Block) -> None:
    module = build_module(Stack((4, 9, 9), (block,)))
    theirs = [
        (each.out_channels, each.kernel_size, each.stride, each.padding, each.groups, each.bias is not None)
        for each in module.modules()
        if isinstance(each, nn.Conv2d)
    ]
    branches = block.branches(4)
    ours = [
        (each.maps, each.kernel, each.stride, each.padding, each.groups, each.bias)
        for each in (*branches.main, *(branches.shortcut or ()))
        if isinstance(each, Convolution)
    ]
    assert ours == theirs


def test_the_input_is_added_where_it_fits() -> None:
    assert BasicBlock(4).branches(4).shortcut == ()
    assert BasicBlock(4, 2).branches(4).shortcut
    assert InvertedResidual(4).branches(4).shortcut == ()
    assert InvertedResidual(5).branches(4).shortcut is None
    assert DepthwiseSeparable(4).branches(4).shortcut is None


@pytest.mark.parametrize("block", [BasicBlock(4), InvertedResidual(4)])
def test_with_weights_of_0_a_block_gives_its_input(block: Block) -> None:
    module = build_module(Stack((4, 5, 5), (block,)), "cpu")
    for weight in module.parameters():
        nn.init.zeros_(weight)
    x = torch.rand(1, 4, 5, 5, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        torch.testing.assert_close(module(x), x)
