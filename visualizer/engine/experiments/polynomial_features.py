"""Powers of the inputs, so that a linear regression can bend."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@torch.no_grad()
def powers(x: Tensor, degree: int) -> Tensor:
    """Each input's powers from 1 to `degree`, input after input: (m, inputs) to (m, inputs · degree).

    Raises: ValueError naming the argument, its value and the limit.
    """
    if degree < 1:
        raise ValueError(f"degree must be at least 1, got {degree}")
    return torch.stack([x**power for power in range(1, degree + 1)], dim=2).flatten(1)


def power_names(inputs: Sequence[str], degree: int) -> tuple[str, ...]:
    """Their names in this order: x₁, x₁², x₂, x₂²."""
    powers = [""] + [str(power).translate(_SUPERSCRIPTS) for power in range(2, degree + 1)]
    return tuple(name + power for name in inputs for power in powers)
