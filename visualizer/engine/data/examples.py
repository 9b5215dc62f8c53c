"""The examples that a training run learns from and those that it is tested on."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, eq=False)
class Data:
    """Examples to train on and examples to test on; the latter may be none.

    The answers are ±1 for a logistic loss with one output, one-hot rows for softmax, and numbers for squared error.

    Shapes: train_x (m, inputs), train_y (m, outputs); test_x (k, inputs), test_y (k, outputs), k from 0.
    Raises: ValueError naming the argument, its value and the limit.
    """

    train_x: Tensor
    train_y: Tensor
    test_x: Tensor
    test_y: Tensor

    def __post_init__(self) -> None:
        for name in ("train_x", "train_y", "test_x", "test_y"):
            self._check(name, getattr(self, name))
        if len(self.train_x) < 1:
            raise ValueError("train_x must have at least 1 example, got 0")
        for part in ("train", "test"):
            x, y = getattr(self, f"{part}_x"), getattr(self, f"{part}_y")
            if len(x) != len(y):
                raise ValueError(f"{part}_y must have as many rows as {part}_x, {len(x)}, got {len(y)}")
        for axis in ("x", "y"):
            train, test = getattr(self, f"train_{axis}").shape[1], getattr(self, f"test_{axis}").shape[1]
            if train != test:
                raise ValueError(f"test_{axis} must have as many columns as train_{axis}, {train}, got {test}")

    @property
    def inputs(self) -> int:
        return self.train_x.shape[1]

    @property
    def outputs(self) -> int:
        return self.train_y.shape[1]

    @property
    def tested(self) -> bool:
        """Whether there is a test set."""
        return len(self.test_x) > 0

    @staticmethod
    def _check(name: str, value: Tensor) -> None:
        if value.dtype not in (torch.float32, torch.float64):
            raise ValueError(f"{name} must be float32 or float64, got {value.dtype}")
        if value.dim() != 2 or value.shape[1] < 1:
            raise ValueError(f"{name} must have 2 axes, examples and at least 1 column, got shape {tuple(value.shape)}")
        if not bool(torch.isfinite(value).all()):
            row, column = torch.isfinite(value).logical_not().nonzero()[0].tolist()
            raise ValueError(f"{name} must be finite, got {float(value[row, column])} at [{row}, {column}]")
