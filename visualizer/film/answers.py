"""What a film's net answers to the examples, where there is no plane to draw its answers on."""

from __future__ import annotations

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.measures.evaluation import outputs
from visualizer.engine.training.update.losses import LossName
from visualizer.engine.training.update.parameters import Shape

MOST_GUESSES = 300
"""How many examples the guesses are given of."""


def answers_of(parameters: Tensor, shape: Shape, data: Data, loss: LossName) -> dict[str, Tensor]:
    """How the answers to the test examples are at each frame; to those trained on, where there is no test.

    Of classes `right`, the share of right answers for each: (frames, classes), NaN for a class without examples. Of
    numbers `guesses` (frames, examples) and the `truths` (examples,).
    """
    x, y = (data.test_x, data.test_y) if data.tested else (data.train_x, data.train_y)
    if loss == "squared" and data.outputs == 1:
        guessed = outputs(parameters, shape, x[:MOST_GUESSES])[..., 0]
        return {"guesses": guessed.float(), "truths": y[:MOST_GUESSES, 0].float()}
    given = outputs(parameters, shape, x)
    if loss == "logistic":
        said, wanted, classes = (given[..., 0] > 0).long(), (y[:, 0] > 0).long(), 2
    else:
        said, wanted, classes = given.argmax(dim=-1), y.argmax(dim=1), y.shape[1]
    of_class = torch.nn.functional.one_hot(wanted, classes).float()
    return {"right": (said == wanted).float() @ of_class / of_class.sum(dim=0)}
