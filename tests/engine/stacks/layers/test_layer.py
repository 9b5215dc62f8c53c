"""Output shapes, and what a layer can't take, in words."""

from __future__ import annotations

import re

import pytest
import torch
from hypothesis import given, settings

from tests.engine.stacks.drawn import stacks
from visualizer.engine.stacks.counts import count_stack
from visualizer.engine.stacks.layers.layer import shape_text
from visualizer.engine.stacks.layers.pointwise import FullyConnected
from visualizer.engine.stacks.layers.windowed import Convolution, MaxPool
from visualizer.engine.stacks.stack import Stack
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
        parse_layer(word).output_shape(takes)


@settings(max_examples=200)
@given(stacks(2))
def test_where_no_window_fits_torch_refuses_too(stack: Stack) -> None:
    fault = count_stack(stack).fault
    layer = stack.layers[fault.at] if fault else None
    if not fault or not isinstance(layer, Convolution | MaxPool):
        return
    takes = count_stack(stack).gives
    call = layer.call(takes)
    with torch.device("meta"), pytest.raises((RuntimeError, ValueError)):
        getattr(torch.nn, call.name)(*call.by_place, **call.named)(torch.empty(1, *takes))


def test_shapes_are_written_as_people_do() -> None:
    assert shape_text((8, 28, 28)) == "8 × 28 × 28"
    assert shape_text((4096,)) == "4,096"
    assert FullyConnected(10).output_shape((784,)) == (10,)


@pytest.mark.parametrize(
    ("word", "name", "by_place", "named"),
    [
        ("conv8k5p2", "Conv2d", (3, 8), {"kernel_size": 5, "padding": 2}),
        ("conv8k3x5psameb0", "Conv2d", (3, 8), {"kernel_size": (3, 5), "padding": "same", "bias": False}),
        ("max2", "MaxPool2d", (2,), {}),
        ("max3s2c1", "MaxPool2d", (3,), {"stride": 2, "ceil_mode": True}),
        ("avg2x3", "AvgPool2d", ((2, 3),), {}),
        ("adapt7", "AdaptiveAvgPool2d", (7,), {}),
        ("bn", "BatchNorm2d", (3,), {}),
        ("softmax", "Softmax", (), {"dim": 1}),
        ("local4k3", "LocallyConnected2d", (3, 4, (9, 9), (3, 3)), {}),
        ("mbconv8k5e3", "InvertedResidual", (3, 8), {"kernel_size": 5, "expansion": 3}),
    ],
)
def test_a_layer_as_a_call(word: str, name: str, by_place: tuple[object, ...], named: dict[str, object]) -> None:
    call = parse_layer(word).call((3, 9, 9))
    assert (call.name, call.by_place, call.named) == (name, by_place, named)


def test_a_flat_batch_norm_is_another_module() -> None:
    assert parse_layer("bn").call((10,)).name == "BatchNorm1d"
