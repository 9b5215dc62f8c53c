"""The bound on what an experiment may cost, and how long training is expected to take."""

from __future__ import annotations

import pytest

from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.kit.cost import MAX_SECONDS, Cost, refused, training_seconds

SHAPE = Shape((2, 8, 1))


def test_what_is_cheap_is_not_refused() -> None:
    assert refused(Cost(MAX_SECONDS, "24 rates")) == ""


@pytest.mark.parametrize(("seconds", "long"), [(45, "45 seconds"), (150, "2 minutes"), (360_000, "6,000 minutes")])
def test_a_refusal_says_what_how_long_and_what_helps(seconds: float, long: str) -> None:
    words = refused(Cost(seconds, "24 rates × 9 seeds", "fewer seeds"))
    assert words.startswith(f"24 rates × 9 seeds would take about {long}; the limit is 30 seconds")
    assert words.endswith("Try fewer seeds.")


def test_more_of_anything_takes_longer() -> None:
    base = training_seconds(SHAPE, 10, 100, 250, 10)
    assert base < training_seconds(SHAPE, 20, 100, 250, 10)
    assert base < training_seconds(SHAPE, 10, 200, 250, 10)
    assert base < training_seconds(SHAPE, 10, 100, 500, 10)
    assert base < training_seconds(SHAPE, 10, 100, 250, 5)
    assert base < training_seconds(Shape((2, 64, 64, 1)), 10, 100, 250, 10)


def test_all_examples_at_once_is_one_batch() -> None:
    assert training_seconds(SHAPE, 10, 100, 250) == training_seconds(SHAPE, 10, 100, 250, 250)
    assert training_seconds(SHAPE, 10, 100, 250) == training_seconds(SHAPE, 10, 100, 250, 10_000)
