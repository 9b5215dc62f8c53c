"""The targets y under cross-entropy: those of an example are shares of 1, as probabilities are."""

from __future__ import annotations

import torch
from torch import Tensor

TOLERANCE = 1e-6
RULE = "Under cross-entropy the targets of an example are between 0 and 1 and add up to 1"


def are_shares(y: Tensor) -> bool:
    """y (m, n_out): whether every row is one of shares of 1."""
    return bool((y >= 0).all()) and bool(((y.sum(dim=1) - 1).abs() <= TOLERANCE).all())


def as_shares(y: Tensor) -> Tensor:
    """y (m, n_out) with every row that is none of shares made one: all for its largest target."""
    rows = [row if are_shares(row[None]) else torch.zeros_like(row).index_fill(0, row.argmax(), 1.0) for row in y]
    return torch.stack(rows)


def with_share(row: Tensor, output: int, share: float) -> Tensor:
    """The row (n_out,) with one share changed; the others keep their proportions and take the rest.

    Raises: ValueError where the share is not from 0 to 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"{RULE}; {share:g} is not.")
    others = row.clone()
    others[output] = 0.0
    if float(others.sum()) == 0:
        others = torch.ones_like(row).index_fill(0, torch.tensor(output), 0.0)
    return (others / others.sum() * (1 - share)).index_fill(0, torch.tensor(output), share)
