"""A homework's own matrices in the lesson Convolution: what the layer takes of them, and what does not fit."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from visualizer.inputs.arrays.setting import OwnArray
from visualizer.lessons.convolution.settings import SETTINGS
from visualizer.lessons.convolution.state import ConvolutionLesson

IMAGE = torch.arange(1.0, 10.0, dtype=torch.float64).reshape(1, 3, 3)
KERNEL = torch.tensor([[[[1.0, 0.0], [0.0, -1.0]]]], dtype=torch.float64)


def lesson(image: torch.Tensor = IMAGE, **arrays: Any) -> ConvolutionLesson:
    own = {name: OwnArray.of(value) if isinstance(value, torch.Tensor) else value for name, value in arrays.items()}
    return ConvolutionLesson(SETTINGS.of({"own_image": OwnArray.of(image), **own}), image)


def test_by_hand_forward_and_backward_from_a_given_gradient() -> None:
    gradient = torch.tensor([[[1.0, 2.0], [0.0, -1.0]]], dtype=torch.float64)
    made = lesson(own_kernel=KERNEL, own_bias=torch.zeros(1), own_gradient=gradient, backward="given")

    assert made.refusal is None
    assert made.trace["y"].tolist() == [[[-4, -4], [-4, -4]]]
    # ∂ℓ/∂w₁,₁ = 1·1 + 2·2 + 0·4 − 1·5
    assert made.trace["grad_weight"].tolist() == [[[[0, 2], [6, 8]]]]
    assert made.trace["grad_bias"].tolist() == [2]
    assert made.trace["grad_x"].tolist() == [[[1, 2, 0], [0, -2, -2], [0, 0, 1]]]
    assert made.trace.replay() <= 1e-12


def test_without_one_the_given_gradient_counts_and_can_be_edited() -> None:
    made = lesson(own_kernel=KERNEL, backward="given")

    assert made.trace["grad_y"].tolist() == [[[1, 2], [3, 4]]]
    assert "grad_y" in made.editable


def test_the_kernel_need_not_be_square_and_sets_the_filters() -> None:
    kernel = torch.ones(3, 1, 1, 3, dtype=torch.float64)
    made = lesson(own_kernel=kernel, backward="none")

    assert made.refusal is None
    assert made.trace["y"].shape == (3, 3, 1)


@pytest.mark.parametrize(("loss", "value", "gradient"), [("squared", 8, 4), ("sum_squared", 16, 8), ("mse", 4, 2)])
def test_the_squared_error_with_a_half_without_and_averaged(loss: str, value: float, gradient: float) -> None:
    # y = x + 1 and the target is x + 3, so that each of the four errors is 2.
    image = torch.tensor([[[1.0, 2], [3, 4]]], dtype=torch.float64)
    arrays = {"own_kernel": torch.ones(1, 1, 1, 1), "own_bias": torch.ones(1), "own_target": image + 3}
    made = lesson(image, **arrays, backward=loss)

    assert float(made.trace["loss"]) == value
    # ∂ℓ/∂b is the sum of ∂ℓ/∂y
    assert float(made.trace["grad_bias"]) == -2 * gradient
    assert made.trace.replay() <= 1e-12


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_an_image_of_one_number_in_several_channels_takes_one_matrix_for_all(channels: int) -> None:
    made = lesson(torch.full((channels, 1, 1), 2.0), own_kernel=torch.full((1, 1, 1, 1), 3.0), own_bias=torch.zeros(1))

    assert made.refusal is None
    assert made.trace["y"].tolist() == [[[6.0 * channels]]]


def test_over_one_channel_several_matrices_are_several_filters() -> None:
    kernel = torch.tensor([[[[1.0]], [[2.0]]]], dtype=torch.float64)

    assert lesson(own_kernel=kernel, own_bias=torch.zeros(2)).trace["weight"].shape == (2, 1, 1, 1)


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"own_kernel": torch.ones(1, 2, 2, 2), "image": torch.ones(3, 3, 3)}, "The kernel has 2 channels"),
        ({"own_kernel": KERNEL, "own_bias": torch.ones(3)}, "There is 1 filter"),
        (
            {"own_kernel": KERNEL, "own_target": torch.ones(1, 3, 3)},
            "The target is 1 × 3 × 3, but the output is 1 × 2 × 2",
        ),
        (
            {"own_kernel": KERNEL, "own_gradient": torch.ones(1, 1, 2), "backward": "given"},
            "The given gradient is 1 × 1 × 2, but the output is 1 × 2 × 2",
        ),
    ],
)
def test_what_does_not_fit_is_said_and_the_walk_stays(arrays: dict[str, Any], words: str) -> None:
    made = lesson(**arrays)

    assert made.refusal is not None
    assert made.refusal.beside == "numbers"
    assert made.refusal.text.startswith(words)
    assert len(made.trace) > 0
