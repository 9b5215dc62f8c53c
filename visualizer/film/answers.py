"""A film's predictions for the examples, where there is no plane to draw them on."""

from __future__ import annotations

import torch
from torch import Tensor

from visualizer.engine.data.examples import Data
from visualizer.engine.measures.evaluation import outputs
from visualizer.engine.training.update.losses import LossName
from visualizer.engine.training.update.parameters import Shape

MOST_GUESSES = 300
"""The most examples whose guesses are sent."""


def answers_of(parameters: Tensor, shape: Shape, data: Data, loss: LossName) -> dict[str, Tensor]:
    """The predictions for the test examples at each frame; for the training examples where there is no test set.

    With classes `right`, the accuracy of each: (frames, classes), NaN for a class without examples. With numbers
    `guesses` (frames, examples) and the `truths` (examples,).
    """
    x, y = (data.test_x, data.test_y) if data.tested else (data.train_x, data.train_y)
    if loss == "squared" and data.outputs == 1:
        guessed = outputs(parameters, shape, x[:MOST_GUESSES])[..., 0]
        return {"guesses": guessed.float(), "truths": y[:MOST_GUESSES, 0].float()}
    given = outputs(parameters, shape, x)
    if loss == "logistic":
        predicted, labels, classes = (given[..., 0] > 0).long(), (y[:, 0] > 0).long(), 2
    else:
        predicted, labels, classes = given.argmax(dim=-1), y.argmax(dim=1), y.shape[1]
    of_class = torch.nn.functional.one_hot(labels, classes).float()
    return {"right": (predicted == labels).float() @ of_class / of_class.sum(dim=0)}
