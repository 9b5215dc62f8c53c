"""A homework's own image and gradient in the lesson Pooling."""

from __future__ import annotations

import torch

from visualizer.inputs.array_setting import OwnArray
from visualizer.lessons.pooling.lesson import Lesson
from visualizer.lessons.pooling.table import settings_of

IMAGE = torch.tensor([[[1.0, 3, 2, 0], [4, 2, 1, 5], [0, 1, 9, 2], [7, 2, 3, 3]]], dtype=torch.float64)


def lesson(gradient: torch.Tensor) -> Lesson:
    return Lesson(settings_of({"own_image": OwnArray.of(IMAGE), "pool_gradient": OwnArray.of(gradient)}), IMAGE)


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
