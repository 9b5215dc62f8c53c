"""Points and labels -> what a run trains on and what it is tested on, with the answers that its loss asks for."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.data.examples import Data
from visualizer.engine.training.update.losses import LossName


def split(
    x: Tensor, labels: Tensor, train_share: float, generator: torch.Generator
) -> tuple[tuple[Tensor, Tensor], tuple[Tensor, Tensor]]:
    """The points and labels to train on, and those to test on, both in an order drawn by the generator.

    Shapes: x (m, inputs); labels (m, …). Of the m points, m · train_share, rounded, are trained on: at least 1, and
    for a share below 1 at most m − 1.

    Raises: ValueError naming the argument, its value and the limit.
    """
    count = len(x)
    if count == 0:
        raise ValueError("x must hold at least 1 point, got none")
    if len(labels) != count:
        raise ValueError(f"labels must be as many as the points, {count}, got {len(labels)}")
    if not 0 < train_share <= 1:
        raise ValueError(f"train_share must be above 0 and at most 1, got {train_share}")
    most = count if train_share == 1 else count - 1
    trained = max(1, min(round(train_share * count), most))
    order = torch.randperm(count, generator=generator)
    train, test = order[:trained], order[trained:]
    return (x[train], labels[train]), (x[test], labels[test])


def loss_for(classes: int, wanted: LossName | None = None) -> LossName:
    """The wanted loss where it goes with so many classes; else logistic for two, softmax for more, squared for numbers.

    Numbers have 0 classes.
    """
    if classes == 0:
        return "squared"
    if wanted and (wanted != "logistic" or classes == 2):
        return wanted
    return "logistic" if classes == 2 else "softmax"


def answers(labels: Tensor, classes: int, loss: LossName) -> Tensor:
    """What the outputs of a net are to be, (m, outputs) float64.

    Two classes become −1 and 1, but for softmax; more become one-hot rows; numbers, with 0 classes, stay as they are.

    Raises: ValueError for a loss that does not go with so many classes, and for a label that is no class.
    """
    if classes == 0:
        if loss != "squared":
            raise ValueError(f"loss must be squared for numbers, got {loss}")
        return labels.double()[:, None]
    if classes < 2:
        raise ValueError(f"classes must be 0 for numbers, or at least 2, got {classes}")
    if loss == "logistic" and classes != 2:
        raise ValueError(f"classes must be 2 for the logistic loss, got {classes}")
    if labels.is_floating_point() or bool(((labels < 0) | (labels >= classes)).any()):
        raise ValueError(f"labels must be whole numbers from 0 to {classes - 1}")
    if loss == "softmax" or classes > 2:
        return functional.one_hot(labels.long(), classes).double()
    return 2.0 * labels.double()[:, None] - 1


def make_data(
    x: Tensor, labels: Tensor, *, classes: int, loss: LossName, train_share: float, generator: torch.Generator
) -> Data:
    """The data of a run, float64: split by `split`, with answers by `answers`.

    Raises: ValueError naming the argument, its value and the limit.
    """
    wanted = answers(labels, classes, loss)
    (train_x, train_y), (test_x, test_y) = split(x.double(), wanted, train_share, generator)
    return Data(train_x, train_y, test_x, test_y)


def standardised(data: Data, *, also_answers: bool = False) -> Data:
    """The data with inputs of mean 0 and standard deviation 1 over the training part, the test part by the same
    measure; `also_answers` does so with the answers, too. A column that is constant in the training part says nothing
    there, and becomes 0 in both parts.

    Source: LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, section 4.3.
    """
    train_x, test_x = _standardised(data.train_x, data.test_x)
    if not also_answers:
        return replace(data, train_x=train_x, test_x=test_x)
    train_y, test_y = _standardised(data.train_y, data.test_y)
    return Data(train_x, train_y, test_x, test_y)


def _standardised(train: Tensor, test: Tensor) -> tuple[Tensor, Tensor]:
    constant = (train == train[0]).all(dim=0)
    mean, deviation = train.mean(dim=0), train.std(dim=0, correction=0).masked_fill(constant, torch.inf)
    return (train - mean) / deviation, (test - mean) / deviation
