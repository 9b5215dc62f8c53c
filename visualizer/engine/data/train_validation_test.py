"""Points shared out anew: some to train on, some to choose by, some for the test alone."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data


@dataclass(frozen=True, eq=False)
class Parts:
    """Three parts of the points. `fitted` trains on the first, and its test part is the second, the validation part,
    by which a strength or an epoch is chosen; `test_x` and `test_y`, the third, only say what the choice is worth.

    Source: Hastie, Tibshirani & Friedman 2009, section 7.2.
    """

    fitted: Data
    test_x: Tensor
    test_y: Tensor


@torch.no_grad()
def three_parts(data: Data, trained: int, seed: int, *, most: int | None = None) -> Parts:
    """All points of `data` in an order drawn from the seed: the first `trained` to train on, and those after the first
    `most`, which is `trained` unless said, half for validation and half for the test.

    With one seed and one `most`, fewer points to train on are some of those of more, and the other parts stay as they
    are.

    Raises: ValueError naming the argument, its value and the limit.
    """
    x, y = torch.cat([data.train_x, data.test_x]), torch.cat([data.train_y, data.test_y])
    most = trained if most is None else most
    if not 1 <= trained <= most:
        raise ValueError(f"trained must be from 1 to {most}, got {trained}")
    if len(x) - most < 2:
        raise ValueError(f"most must be at most {len(x) - 2}, as 2 points are needed to test on, got {most}")
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    train, others = order[:trained], order[most:]
    validation, test = others.tensor_split(2)
    return Parts(Data(x[train], y[train], x[validation], y[validation]), x[test], y[test])
