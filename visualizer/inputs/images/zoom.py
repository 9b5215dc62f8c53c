"""An image as the numbers of a walk: a crop small enough that every one of them can be read and written down."""

from __future__ import annotations

import torch
from torch import Tensor

GREY = (0.299, 0.587, 0.114)
"""What red, green and blue count for in brightness (ITU-R BT.601)."""


def hundredths(crop: Tensor, *, colour: bool) -> Tensor:
    """The numbers of a crop from 0 to 1 in hundredths: (3, H, W), or without colour (1, H, W) as brightness."""
    shares = torch.tensor(GREY, dtype=torch.float64)
    chosen = crop if colour else (crop * shares[:, None, None]).sum(dim=0, keepdim=True)
    return hundredths_of(chosen)


def hundredths_of(numbers: Tensor) -> Tensor:
    """Rounded to two decimals, so that they can be copied by hand."""
    return (numbers * 100).round() / 100 + 0.0  # + 0 makes a −0 a 0
