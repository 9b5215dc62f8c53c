from __future__ import annotations

from typing import Any

import pytest
import torch

from visualizer.engine.training.recipe import Recipe


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"loss": "hinge"}, "loss must be one of squared, logistic, softmax, got 'hinge'"),
        ({"optimiser": "lion"}, "optimiser must be one of sgd, momentum, nesterov, rmsprop, adam, adamw, got 'lion'"),
        ({"precision": torch.float16}, "precision must be torch.float32 or torch.float64, got torch.float16"),
        ({"epochs": 0}, "epochs must be at least 1, got 0"),
        ({"batch_size": 0}, "batch_size must be at least 1, got 0"),
        ({"patience": 0}, "patience must be at least 1, got 0"),
        ({"frames": 1}, "frames must be at least 2, got 1"),
        ({"seed": -1}, "seed must be from 0 to 2.31 − 1, got -1"),
        ({"seed": 2**31}, "seed"),
    ],
)
def test_refusals(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Recipe(**({"loss": "squared", "epochs": 5} | changes))
