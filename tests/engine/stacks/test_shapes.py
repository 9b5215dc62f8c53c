"""Output shapes, and what a layer can't take, in words."""

from __future__ import annotations

import re

import pytest
import torch
from hypothesis import given, settings

from tests.engine.stacks.drawn import stacks
from visualizer.engine.stacks.code.calls import call_of
from visualizer.engine.stacks.counts import count_stack
from visualizer.engine.stacks.shapes import count_of, output_shape, shape_text
from visualizer.engine.stacks.stack import Convolution, FullyConnected, MaxPool, Stack
from visualizer.engine.stacks.text import parse_layer


@pytest.mark.parametrize(
    ("word", "takes", "said"),
    [
        ("fc10", (8, 7, 7), "gets maps, 8 × 7 × 7: flatten them first"),
        ("conv8k3", (784,), "gets a flat row of 784 numbers: move it before the flatten"),
        ("max2", (10,), "needs maps"),
        ("basic8", (10,), "needs maps"),
        ("conv8k9", (1, 7, 7), "pad by 1 more on each side, or use a kernel of 7 rows and columns"),
        ("conv8k3x9", (1, 7, 7), "a kernel of 9 columns covers 9, but the input has 7"),
        ("conv8k5g3", (6, 9, 9), "its 3 groups must share out the 8 maps evenly: use 2 groups"),
        ("conv9k5g3", (1, 9, 9), "its 3 groups must share out the 1 input channel evenly: use 1 group"),
        ("conv8k3s2psame", (1, 9, 9), "needs stride 1"),
        ("max2p2", (1, 9, 9), "padding must be at most half of the kernel"),
    ],
)
def test_what_does_not_fit_is_said_in_words(word: str, takes: tuple[int, ...], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        output_shape(parse_layer(word), takes)


@settings(max_examples=200)
@given(stacks(2))
def test_where_no_window_fits_torch_refuses_too(stack: Stack) -> None:
    fault = count_stack(stack).fault
    layer = stack.layers[fault.at] if fault else None
    if not fault or not isinstance(layer, Convolution | MaxPool):
        return
    takes = count_stack(stack).gives
    call = call_of(layer, takes)
    with torch.device("meta"), pytest.raises((RuntimeError, ValueError)):
        getattr(torch.nn, call.name)(*call.by_place, **call.named)(torch.empty(1, *takes))


def test_shapes_are_written_and_counted() -> None:
    assert shape_text((8, 28, 28)) == "8 × 28 × 28"
    assert shape_text((4096,)) == "4,096"
    assert count_of((8, 28, 28)) == 6272
    assert output_shape(FullyConnected(10), (784,)) == (10,)
