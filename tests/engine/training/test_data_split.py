"""Splitting points, the answers that a loss asks for, and standardising by the training part."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.engine.data.examples import Data
from visualizer.engine.training.data_split import (
    answers,
    loss_for,
    make_data,
    split,
    standardised,
)
from visualizer.engine.training.update.losses import LossName


def seeded(seed: int = 3) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@given(st.integers(2, 60), st.floats(0.01, 1.0), st.integers(0, 5))
def test_every_point_is_in_one_part_with_its_label(count: int, share: float, seed: int) -> None:
    x = torch.arange(count, dtype=torch.float64)[:, None]
    (train_x, train_labels), (test_x, test_labels) = split(x, x[:, 0] * 10, share, seeded(seed))

    assert sorted(torch.cat((train_x, test_x))[:, 0].tolist()) == list(range(count))
    assert torch.equal(train_labels, train_x[:, 0] * 10)
    assert torch.equal(test_labels, test_x[:, 0] * 10)
    assert len(train_x) >= 1
    assert (len(test_x) >= 1) == (share < 1)


def test_the_share_is_rounded_and_the_generator_decides_the_order() -> None:
    x = torch.arange(10.0)[:, None]
    first, again, other = (split(x, x[:, 0], 0.75, seeded(seed))[0][0] for seed in (1, 1, 2))

    assert len(first) == 8
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


@pytest.mark.parametrize(
    ("labels", "classes", "loss", "wanted"),
    [
        ([0, 1, 1], 2, "logistic", [[-1.0], [1.0], [1.0]]),
        ([0, 1, 1], 2, "squared", [[-1.0], [1.0], [1.0]]),
        ([0, 1], 2, "softmax", [[1.0, 0.0], [0.0, 1.0]]),
        ([2, 0], 3, "softmax", [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]),
        ([2, 0], 3, "squared", [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]),
        ([0.5, -2.0], 0, "squared", [[0.5], [-2.0]]),
    ],
)
def test_answers_are_what_the_loss_asks_for(
    labels: list[float], classes: int, loss: LossName, wanted: list[list[float]]
) -> None:
    found = answers(torch.tensor(labels), classes, loss)

    assert found.dtype == torch.float64
    assert found.tolist() == wanted


@pytest.mark.parametrize(
    ("labels", "classes", "loss", "message"),
    [
        ([0.5], 0, "logistic", "loss must be squared for numbers, got logistic"),
        ([0], 1, "softmax", "classes must be 0 for numbers, or at least 2, got 1"),
        ([0, 2], 3, "logistic", "classes must be 2 for the logistic loss, got 3"),
        ([0, 2], 2, "logistic", "labels must be whole numbers from 0 to 1"),
        ([0.0, 1.0], 2, "logistic", "labels must be whole numbers from 0 to 1"),
    ],
)
def test_answers_that_cannot_be_are_refused(labels: list[float], classes: int, loss: LossName, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        answers(torch.tensor(labels), classes, loss)


@pytest.mark.parametrize(
    ("classes", "wanted", "loss"),
    [
        (0, None, "squared"),
        (0, "softmax", "squared"),
        (2, None, "logistic"),
        (2, "squared", "squared"),
        (2, "softmax", "softmax"),
        (3, "logistic", "softmax"),
        (3, "squared", "squared"),
    ],
)
def test_a_loss_that_does_not_go_with_the_classes_is_replaced(
    classes: int, wanted: LossName | None, loss: LossName
) -> None:
    assert loss_for(classes, wanted) == loss


@pytest.mark.parametrize(
    ("x", "labels", "share", "message"),
    [
        (torch.zeros(0, 1), torch.zeros(0), 0.5, "x must hold at least 1 point, got none"),
        (torch.zeros(3, 1), torch.zeros(2), 0.5, "labels must be as many as the points, 3, got 2"),
        (torch.zeros(3, 1), torch.zeros(3), 0.0, "train_share must be above 0 and at most 1, got 0.0"),
        (torch.zeros(3, 1), torch.zeros(3), 1.5, "train_share must be above 0 and at most 1, got 1.5"),
    ],
)
def test_what_cannot_be_split_is_refused(x: torch.Tensor, labels: torch.Tensor, share: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        split(x, labels, share, seeded())


def test_data_are_made_of_points_and_labels() -> None:
    x = torch.arange(8, dtype=torch.float64).reshape(4, 2)
    data = make_data(x, torch.tensor([0, 1, 0, 1]), classes=2, loss="logistic", train_share=1.0, generator=seeded())

    assert sorted(zip(data.train_x[:, 0].tolist(), data.train_y[:, 0].tolist(), strict=True)) == [
        (0.0, -1.0),
        (2.0, 1.0),
        (4.0, -1.0),
        (6.0, 1.0),
    ]
    assert data.test_x.shape == (0, 2)
    assert data.test_y.shape == (0, 1)


def test_standardising_measures_the_training_part_only() -> None:
    train_x = torch.tensor([[1.0, 0.1], [3.0, 0.1], [5.0, 0.1]], dtype=torch.float64)
    test_x = torch.tensor([[3.0, 7.0], [3.0 + 24**0.5, 0.1]], dtype=torch.float64)
    data = Data(train_x, train_x[:, :1] * 10, test_x, test_x[:, :1] * 10)
    inputs, both = standardised(data), standardised(data, also_answers=True)

    assert inputs.train_x[:, 0].tolist() == pytest.approx([-(1.5**0.5), 0.0, 1.5**0.5])
    assert inputs.test_x[:, 0].tolist() == pytest.approx([0.0, 3.0])
    assert inputs.train_x[:, 1].tolist() == [0.0, 0.0, 0.0]
    assert inputs.test_x[:, 1].tolist() == [0.0, 0.0]
    assert inputs.train_y is data.train_y
    assert both.train_y[:, 0].tolist() == pytest.approx([-(1.5**0.5), 0.0, 1.5**0.5])
    assert both.test_y[:, 0].tolist() == pytest.approx([0.0, 3.0])
    assert train_x[0].tolist() == [1.0, 0.1]
