"""Settings and a crop -> the numbers that the walk starts from, and the walk."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from visualizer.lessons.convolution.settings import SETTINGS, ConvolutionSettings
from visualizer.lessons.convolution.state import pixel_of, start_arrays, trace_of

IMAGE = torch.arange(3 * 6 * 7, dtype=torch.float64).reshape(3, 6, 7) % 10 / 10


def started(**values: Any) -> tuple[ConvolutionSettings, dict[str, Tensor]]:
    settings = SETTINGS.of(values)
    return settings, start_arrays(settings, IMAGE[: settings.channel_count])


def test_the_arrays_have_the_layer_s_shapes() -> None:
    _, arrays = started(filters=2, kernel_size=3, stride=2, pad=1)
    assert {name: tuple(array.shape) for name, array in arrays.items()} == {
        "x": (3, 6, 7),
        "weight": (2, 3, 3, 3),
        "bias": (2,),
        "target": (2, 3, 4),
    }


def test_a_filter_has_one_kernel_or_one_for_each_channel() -> None:
    _, own = started(mix="separate", kernel1="identity", kernel1_green="box", kernel1_blue="own")
    _, same = started(mix="same", kernel1="identity", kernel1_green="box")
    assert own["weight"][0, :, 1, 1].tolist() == [1.0, 1 / 9, 0.0]
    assert same["weight"][0, :, 1, 1].tolist() == [1.0, 1.0, 1.0]


def test_true_convolution_turns_the_kernel_and_says_so() -> None:
    settings, true = started(operation="true")
    _, cross = started()
    assert torch.equal(true["weight"], cross["weight"].flip(2, 3))
    assert "rotated by 180°" in trace_of(settings, true).summary


@pytest.mark.parametrize(("target", "value"), [("ones", 1.0), ("zeros", 0.0)])
def test_a_target_of_one_number(target: str, value: float) -> None:
    _, arrays = started(target_output=target)
    assert torch.equal(arrays["target"], torch.full((1, 4, 5), value, dtype=torch.float64))


@pytest.mark.parametrize("operation", ["cross", "true"])
@pytest.mark.parametrize(
    "padding", [{"pad": 2}, {"padding": "same"}, {"padding": "sides", "pad_top": 1, "pad_left": 2}]
)
def test_a_target_of_a_kernel_is_what_a_layer_with_it_gives(padding: dict[str, Any], operation: str) -> None:
    other, arrays = started(target_output="sobel_x", operation=operation, **padding)
    wanted, layer = started(mix="same", kernel1="sobel_x", kernel_bias=0.0, operation=operation, **padding)
    found = trace_of(wanted, layer)["y"]
    assert arrays["target"].shape == trace_of(other, arrays)["y"].shape
    torch.testing.assert_close(arrays["target"], found, atol=0.00501, rtol=0.0)


@pytest.mark.parametrize("loss", ["squared", "sum", "pixel", "none"])
def test_the_loss_begins_the_way_back(loss: str) -> None:
    settings, arrays = started(backward=loss, pixel_row=2, pixel_column=64)
    trace = trace_of(settings, arrays)
    y = functional.conv2d(arrays["x"], arrays["weight"], arrays["bias"])
    losses = {"squared": lambda: ((y - arrays["target"]) ** 2).sum() / 2, "sum": y.sum, "pixel": lambda: y[0, 1, 4]}
    assert ("target" in arrays) == (loss == "squared")
    assert ("grad_x" in trace.arrays) == (loss != "none")
    if loss != "none":
        torch.testing.assert_close(trace["loss"], losses[loss]())


def test_a_pixel_that_is_not_there_is_the_nearest() -> None:
    settings, arrays = started(pixel_filter=4, pixel_row=3, pixel_column=64)
    assert pixel_of(settings, arrays["x"]) == (0, 2, 4)
