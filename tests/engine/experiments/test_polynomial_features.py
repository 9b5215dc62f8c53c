"""Powers of inputs, and their names."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.experiments.polynomial_features import power_names, powers


def test_input_after_input() -> None:
    x = torch.tensor([[2.0, 3.0], [-1.0, 0.0]])
    assert powers(x, 3).tolist() == [[2, 4, 8, 3, 9, 27], [-1, 1, -1, 0, 0, 0]]
    assert torch.equal(powers(x, 1), x)


def test_names_are_in_the_same_order() -> None:
    assert power_names(("x₁", "age"), 3) == ("x₁", "x₁²", "x₁³", "age", "age²", "age³")


def test_no_power_is_refused() -> None:
    with pytest.raises(ValueError, match="degree must be at least 1, got 0"):
        powers(torch.ones(1, 1), 0)
