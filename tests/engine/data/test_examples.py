from __future__ import annotations

import pytest
import torch
from torch import Tensor

from visualizer.engine.data.examples import Data


def parts(**changes: Tensor) -> dict[str, Tensor]:
    sizes = {"train_x": (4, 2), "train_y": (4, 1), "test_x": (3, 2), "test_y": (3, 1)}
    return {name: torch.ones(size) for name, size in sizes.items()} | changes


def test_its_sizes() -> None:
    data = Data(**parts())
    assert (data.inputs, data.outputs, data.tested) == (2, 1, True)
    assert not Data(**parts(test_x=torch.empty(0, 2), test_y=torch.empty(0, 1))).tested


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"train_x": torch.ones(4, 2, dtype=torch.int64)}, "train_x must be float32 or float64, got torch.int64"),
        ({"train_y": torch.ones(4)}, "train_y must have 2 axes, examples and at least 1 column, got shape (4,)"),
        ({"train_x": torch.ones(4, 0)}, "train_x must have 2 axes"),
        ({"train_x": torch.empty(0, 2), "train_y": torch.empty(0, 1)}, "train_x must have at least 1 example, got 0"),
        ({"train_y": torch.ones(3, 1)}, "train_y must have as many rows as train_x, 4, got 3"),
        ({"test_y": torch.ones(4, 1)}, "test_y must have as many rows as test_x, 3, got 4"),
        ({"test_x": torch.ones(3, 5)}, "test_x must have as many columns as train_x, 2, got 5"),
        ({"test_y": torch.ones(3, 2)}, "test_y must have as many columns as train_y, 1, got 2"),
        ({"test_x": torch.tensor([[1.0, 2], [1, torch.inf], [0, 0]])}, "test_x must be finite, got inf at [1, 1]"),
    ],
)
def test_refusals(changes: dict[str, Tensor], words: str) -> None:
    with pytest.raises(ValueError) as raised:
        Data(**parts(**changes))
    assert words in str(raised.value)
