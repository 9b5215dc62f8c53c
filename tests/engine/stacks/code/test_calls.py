"""The calls that build the layers: only what is not as by default in torch is written."""

from __future__ import annotations

import pytest

from visualizer.engine.stacks.code.calls import call_of, calls_of
from visualizer.engine.stacks.text import parse_layer, parse_stack


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
    call = call_of(parse_layer(word), (3, 9, 9))
    assert (call.name, call.by_place, dict(call.named)) == (name, by_place, named)


def test_a_flat_batch_norm_is_another_module() -> None:
    assert call_of(parse_layer("bn"), (10,)).name == "BatchNorm1d"


def test_channels_follow_from_the_layer_before() -> None:
    calls = calls_of(parse_stack("1x9x9 conv8k3 conv4k3g2 flatten fc2"))
    assert [call.by_place for call in calls] == [(1, 8), (8, 4), (), (100, 2)]


def test_an_impossible_stack_has_no_calls() -> None:
    with pytest.raises(ValueError, match="flatten them first"):
        calls_of(parse_stack("1x9x9 fc2"))
