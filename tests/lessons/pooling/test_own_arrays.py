"""A homework's own image and gradient in the lesson Pooling."""

from __future__ import annotations

import torch

from visualizer.inputs.arrays.setting import OwnArray
from visualizer.lessons.pooling.settings import SETTINGS
from visualizer.lessons.pooling.state import PoolingLesson

IMAGE = torch.tensor([[[1.0, 3, 2, 0], [4, 2, 1, 5], [0, 1, 9, 2], [7, 2, 3, 3]]], dtype=torch.float64)


def lesson(gradient: torch.Tensor) -> PoolingLesson:
    return PoolingLesson(SETTINGS.of({"own_image": OwnArray.of(IMAGE), "pool_gradient": OwnArray.of(gradient)}), IMAGE)


def test_by_hand() -> None:
    trace = lesson(torch.tensor([[[1.0, -1], [0.5, 2]]], dtype=torch.float64)).trace

    assert trace["y"].tolist() == [[[4, 5], [7, 9]]]
    assert trace["grad_x"].tolist() == [[[0, 0, 0, 0], [1, 0, 0, -1], [0, 0, 2, 0], [0.5, 0, 0, 0]]]


def test_a_gradient_of_another_size_is_said_and_the_walk_stays() -> None:
    made = lesson(torch.ones(1, 3, 2, dtype=torch.float64))

    assert made.refusal is not None
    assert made.refusal.beside == "numbers"
    assert made.refusal.text.startswith("∂ℓ/∂ pooled is 1 × 3 × 2, but the pooled output is 1 × 2 × 2")
    assert made.trace["y"].tolist() == [[[4, 5], [7, 9]]]


def test_padding_on_one_side_alone_by_hand() -> None:
    sides = {"pool_pad": "sides", "pool_pad_left": 1}
    made = PoolingLesson(SETTINGS.of({"own_image": OwnArray.of(IMAGE), **sides}), IMAGE)

    assert made.trace["y"].tolist() == [[[4, 3], [7, 9]]]
    average = PoolingLesson(SETTINGS.of({"own_image": OwnArray.of(IMAGE), "pooling": "average", **sides}), IMAGE)
    assert average.trace["y"].tolist() == [[[5 / 4, 2], [7 / 4, 15 / 4]]]


KERNELS = torch.tensor([[[[1.0, 0], [0, -1]]], [[[0.0, 1], [1, 0]]]], dtype=torch.float64)


def block(kernel: torch.Tensor | None = KERNELS, bias: tuple[float, ...] = (0.0, -5.0)) -> PoolingLesson:
    own = {"own_kernel": OwnArray.of(kernel) if kernel is not None else None, "own_bias": OwnArray((len(bias),), bias)}
    return PoolingLesson(
        SETTINGS.of({"layers": "block", "own_image": OwnArray.of(IMAGE), "pool_stride": "1", **own}), IMAGE
    )


def test_the_block_takes_pasted_kernels_and_biases_by_hand() -> None:
    trace = block().trace

    assert trace["y"][:, 0].tolist() == [[-1, 2, -3], [2, -1, -4]]
    assert trace["h"][:, 0].tolist() == [[0, 2, 0], [2, 0, 0]]
    assert trace["p"].shape == (2, 2, 2)
    assert trace.replay() <= 1e-12


def test_a_kernel_of_other_channels_and_biases_of_another_count_are_said() -> None:
    channels = block(torch.ones(1, 3, 2, 2, dtype=torch.float64).expand(2, 3, 2, 2))
    assert channels.refusal is not None
    assert channels.refusal.text.startswith("The kernel has 3 channels, but the image has only 1.")
    filters = block(None)
    assert filters.refusal is not None
    assert filters.refusal.text.startswith("There is 1 filter")
    assert filters.refusal.beside == "numbers"
