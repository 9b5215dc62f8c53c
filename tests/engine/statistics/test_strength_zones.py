"""Where regularisation is too weak or too strong, on losses made by hand."""

from __future__ import annotations

import math

import torch

from visualizer.engine.statistics.strength_zones import StrengthZones, find_strength_zones


def repeats(*rows: list[float]) -> torch.Tensor:
    return torch.tensor(rows, dtype=torch.float64)


def test_higher_on_both_sides_beyond_the_spread() -> None:
    losses = repeats([9.0, 5.1, 2.0, 2.1, 4.0], [8.0, 5.0, 1.0, 0.9, 3.2])
    assert find_strength_zones(losses, losses) == StrengthZones(2, 1, 4)


def test_validation_chooses_and_the_test_says_what_is_higher() -> None:
    validation = repeats([3.0, 1.0, 2.0], [3.0, 1.0, 2.0])
    test = repeats([1.0, 2.0, 3.0], [1.1, 2.0, 2.9])
    assert find_strength_zones(validation, test) == StrengthZones(1, None, 2)


def test_within_the_spread_nothing_is_told() -> None:
    losses = repeats([2.0, 1.0, 2.0], [1.0, 1.1, 1.2])
    assert find_strength_zones(losses, losses) == StrengthZones(1)
    assert find_strength_zones(losses[:1], losses[:1]) == StrengthZones(1)


def test_strengths_with_a_repeat_that_diverged_are_left_out() -> None:
    losses = repeats([math.nan, 1.0, 3.0], [0.1, 1.0, 3.1])
    assert find_strength_zones(losses, losses) == StrengthZones(1, None, 2)
    unknown = torch.full((2, 3), math.nan)
    assert find_strength_zones(unknown, unknown) == StrengthZones(None)
