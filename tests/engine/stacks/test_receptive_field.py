"""The receptive field: against the gradient of an output number, and by hand."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.stacks.drawn import pairs
from visualizer.engine.stacks.code.code import build_module
from visualizer.engine.stacks.counts import count_stack
from visualizer.engine.stacks.layers.activations import ReLU
from visualizer.engine.stacks.layers.blocks import BasicBlock, DepthwiseSeparable, InvertedResidual
from visualizer.engine.stacks.layers.layer import Layer
from visualizer.engine.stacks.layers.windowed import AdaptiveAveragePool, AveragePool, Convolution
from visualizer.engine.stacks.receptive_field import field_text
from visualizer.engine.stacks.stack import Stack
from visualizer.engine.stacks.text import parse_stack

SIDE = 128
"""So much that the middle output of four layers is far from every border."""
LAYERS: st.SearchStrategy[Layer] = st.one_of(
    st.builds(Convolution, st.just(2), pairs(1, 4), pairs(1, 2), pairs(0, 1), pairs(1, 2)),
    st.builds(AveragePool, pairs(2, 3), pairs(1, 2)),
    st.builds(BasicBlock, st.just(2), st.integers(1, 2)),
    st.builds(DepthwiseSeparable, st.just(2), st.sampled_from([3, 5]), st.integers(1, 2)),
    st.builds(InvertedResidual, st.just(2), st.just(3), st.integers(1, 2), st.just(2)),
    st.just(ReLU()),
)


def seen_by_middle(stack: Stack) -> tuple[int, int]:
    """How many rows and columns the middle output depends on.

    All weights are 1 and all inputs tiny, so that no ReLU6 is at its end and nothing cancels.
    """
    module = build_module(stack, "cpu")
    for name, numbers in module.named_parameters():
        torch.nn.init.constant_(numbers, 0.0 if name.endswith("bias") else 1.0)
    x = torch.full((1, *stack.takes), 1e-30, requires_grad=True)
    y = module(x)
    y[0, 0, y.shape[2] // 2, y.shape[3] // 2].backward()
    assert x.grad is not None
    rows, columns = (x.grad[0, 0].abs().sum(axis).nonzero().flatten() for axis in (1, 0))
    return int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1


@settings(max_examples=30)
@given(st.lists(LAYERS, min_size=1, max_size=4))
def test_the_field_is_what_the_gradient_reaches(layers: list[Layer]) -> None:
    stack = Stack((2, SIDE, SIDE), tuple(layers))
    assert count_stack(stack).layers[-1].reach.field == seen_by_middle(stack)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("1x28x28 conv8k5 max2 conv8k5 max2", [5, 6, 14, 16]),
        ("1x64x64 conv8k3d2 conv8k3s2 avg3s1", [5, 7, 11]),
        ("3x224x224 conv8k7s2 relu max3s2 basic8", [7, 7, 11, 27]),
        ("1x28x28 conv8k5 flatten fc10 relu fc3 softmax", [5, 5, 28, 28, 28, 28]),
        ("1x28x28 conv8k5 adapt1", [5, 28]),
        ("784 fc3", [784]),
    ],
)
def test_fields_by_hand(text: str, fields: list[int]) -> None:
    assert [each.reach.field[1] for each in count_stack(parse_stack(text)).layers] == fields


def test_the_way_to_it_is_written_down() -> None:
    first, pool, second, last = count_stack(parse_stack("1x28x28 conv8k5 max2 conv8k3 conv8k3x1")).layers
    assert first.field == "1 + (5 − 1) · 1 = 5; jump 1"
    assert pool.field == "5 + (2 − 1) · 1 = 6; jump 1 · 2 = 2"
    assert second.field == "6 + (3 − 1) · 2 = 10; jump 2"
    assert last.field == "rows: 10 + (3 − 1) · 2 = 14; jump 2; columns: 10 + (1 − 1) · 2 = 10; jump 2"


def test_windows_of_different_sizes_give_a_bound() -> None:
    pool = count_stack(Stack((1, 7, 7), (AdaptiveAveragePool((3, 3)),))).layers[0]
    assert not pool.reach.exact
    assert field_text(pool.reach) == "≤ 3 × 3"
    assert field_text(count_stack(parse_stack("1x6x6 adapt3")).layers[0].reach) == "2 × 2"
    assert field_text(count_stack(parse_stack("9 fc2")).layers[0].reach) == "9"
