"""What a convolution refuses, and what it says then."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from visualizer.engine import trace_convolution

X, WEIGHT = torch.ones(2, 4, 4), torch.ones(2, 2, 3, 3)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"x": torch.ones(4, 4)}, r"x must have 3 axes \(channels, rows, columns\), got shape \(4, 4\)"),
        ({"x": torch.ones(2, 0, 4)}, "x must not be empty"),
        ({"x": torch.full((2, 4, 4), torch.nan)}, "x must be finite, got nan"),
        ({"x": "image"}, "x must be a tensor"),
        ({"weight": torch.ones(2, 3, 3)}, "weight must have 4 axes"),
        (
            {"weight": torch.ones(2, 3, 3, 3)},
            "weight must have 2 on its second axis, the 2 channels of x in 1 group, got",
        ),
        ({"groups": 2}, "weight must have 1 on its second axis, the 2 channels of x in 2 groups, got"),
        ({"groups": 3}, "groups must divide the 2 channels of x, got 3"),
        ({"groups": 2, "weight": torch.ones(3, 1, 3, 3)}, "groups must divide the 3 filters of weight, got 2"),
        ({"groups": 0}, "groups must be a whole number, at least 1, got 0"),
        ({"groups": 1.0}, "groups must be a whole number, at least 1, got 1.0"),
        ({"bias": torch.ones(3)}, "bias must have 2 numbers, one for each filter, got 3"),
        ({"stride": 0}, "stride must be at least 1, got 0"),
        ({"stride": (1, 2, 3)}, "stride must be a whole number or two"),
        ({"dilation": (1, 0)}, r"dilation must be at least 1, got \(1, 0\)"),
        ({"padding": -1}, "padding must be at least 0, got -1"),
        ({"padding": "full"}, "padding must be numbers or 'same', got 'full'"),
        ({"padding": "same", "stride": 2}, "padding 'same' needs stride 1"),
        ({"weight": torch.ones(2, 2, 5, 5)}, "weight: a kernel of 5 rows and columns covers 5, but x has 4: pad by 1"),
        ({"grad_y": torch.ones(2, 2, 3)}, r"grad_y must have the output's shape \(2, 2, 2\), got \(2, 2, 3\)"),
        ({"grad_y": torch.ones(2, 2, 2), "loss": "sum"}, "grad_y must not be given with loss 'sum'"),
        ({"loss": "absolute"}, "loss must be None or one of squared, sum, pixel, sum_squared, mse, got 'absolute'"),
        ({"loss": "squared"}, "target must be given with loss 'squared'"),
        ({"loss": "squared", "target": torch.ones(1, 2, 2)}, "target must have the output's shape"),
        ({"target": torch.ones(2, 2, 2)}, "target needs loss 'squared'"),
        ({"loss": "pixel"}, "pixel must be given with loss 'pixel'"),
        ({"loss": "sum", "pixel": (0, 0, 0)}, "pixel needs loss 'pixel'"),
        ({"loss": "pixel", "pixel": (0, 0)}, "pixel must be three whole numbers"),
        ({"loss": "pixel", "pixel": (0, 2, 0)}, r"pixel must lie in the output, from \(0, 0, 0\) to below \(2, 2, 2\)"),
        ({"loss": "pixel", "pixel": (0, -1, 0)}, "pixel must lie in the output"),
    ],
)
def test_a_message_names_argument_value_and_limit(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        trace_convolution(**{"x": X, "weight": WEIGHT, **changed})
