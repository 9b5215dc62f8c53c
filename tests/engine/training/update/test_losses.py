from __future__ import annotations

import math

import pytest
import torch

from tests.engine.plain_training import OUTPUTS, data_for, plain_gradient, plain_loss, random_start
from visualizer.engine.training.loop import train_all
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.update.losses import LOSS_NAMES, LossName, Measure, check_answers
from visualizer.engine.training.update.optimisers import OPTIMISERS
from visualizer.engine.training.update.parameters import Shape


@pytest.mark.parametrize("loss", LOSS_NAMES)
def test_each_nets_loss_is_torchs(loss: LossName) -> None:
    y = data_for(loss).train_y
    z = torch.randn(3, OUTPUTS[loss], 13, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    found = Measure(loss, y).loss(z)
    wanted = torch.stack([plain_loss(loss, net.t(), y) for net in z])
    torch.testing.assert_close(found, wanted, rtol=1e-12, atol=0)


def test_losses_by_hand() -> None:
    """Two examples: ½ (1² + 3²) and 0; ln 2 and ln(1 + e^−1); −ln ⅓ twice."""
    squared = Measure("squared", torch.tensor([[1.0, 2], [0, 0]])).loss(torch.tensor([[[2.0, 0], [5, 0]]]))
    logistic = Measure("logistic", torch.tensor([[-1.0], [1]])).loss(torch.tensor([[[0.0, 1]]]))
    softmax = Measure("softmax", torch.eye(3)[:2]).loss(torch.ones(1, 3, 2))
    assert squared.tolist() == [2.5]
    assert logistic.tolist() == pytest.approx([(math.log(2) + math.log(1 + math.exp(-1))) / 2], rel=1e-6)
    assert softmax.tolist() == pytest.approx([math.log(3)], rel=1e-6)


def test_a_confident_answer_has_a_small_or_a_large_loss_and_none_overflows() -> None:
    z = torch.tensor([[[200.0, 200.0]]])
    assert Measure("logistic", torch.tensor([[1.0], [-1.0]])).loss(z).tolist() == [100]
    tall = torch.tensor([[[1000.0], [0.0]]])
    assert Measure("softmax", torch.tensor([[1.0, 0]])).loss(tall).tolist() == [0]
    assert Measure("softmax", torch.tensor([[0.0, 1]])).loss(tall).tolist() == [1000]


def test_accuracy() -> None:
    logistic = Measure("logistic", torch.tensor([[1.0], [-1], [-1], [1]]))
    assert logistic.accuracy(torch.tensor([[[3.0, -1, 2, 1]], [[-3.0, 1, 2, -1]]])).tolist() == [0.75, 0]
    softmax = Measure("softmax", torch.eye(3))
    assert softmax.accuracy(torch.tensor([[[2.0, 0, 0], [1, 1, 5], [0, 0, 1]]])).tolist() == pytest.approx([2 / 3])
    assert math.isnan(float(Measure("squared", torch.ones(2, 1)).accuracy(torch.ones(1, 1, 2))))


@pytest.mark.parametrize("loss", LOSS_NAMES)
def test_without_examples_there_is_neither(loss: LossName) -> None:
    measure = Measure(loss, torch.empty(0, OUTPUTS[loss]))
    z = torch.empty(2, OUTPUTS[loss], 0)
    assert bool(measure.loss(z).isnan().all()) and bool(measure.accuracy(z).isnan().all())


@pytest.mark.parametrize(
    ("loss", "y", "words"),
    [
        ("logistic", [[1.0], [0.0]], "train_y must be 1 or −1 everywhere for the logistic loss"),
        ("softmax", [[1.0], [1.0]], "train_y must have at least 2 columns for softmax, got 1"),
        ("softmax", [[1.0, 0], [0.5, 0.5]], "train_y must have one 1 a row, and 0 elsewhere, for softmax"),
        ("softmax", [[1.0, 1.0]], "one 1 a row"),
    ],
)
def test_answers_that_do_not_fit_the_loss(loss: LossName, y: list[list[float]], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        check_answers(loss, torch.tensor(y), "train_y")


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("loss", LOSS_NAMES)
def test_the_gradient_is_autograds(loss: LossName, bias: bool) -> None:
    shape, data = Shape((3, 4, 2, OUTPUTS[loss]), bias=bias), data_for(loss)
    start = random_start(shape, 4)
    l2, l1 = torch.tensor([0.0, 0.3, 0.0, 2.0]), torch.tensor([0.0, 0.0, 0.25, 0.5])
    recipe = Recipe(loss, 1, frames=2, precision=torch.float64)
    run = train_all(start, shape, data, recipe, learning_rate=1.0, l2=l2, l1=l1)
    for net in range(4):
        strengths = float(l2[net].double()), float(l1[net].double())
        wanted = plain_gradient(start[net], shape, data.train_x, data.train_y, loss, *strengths)
        found = (run.parameters[0] - run.parameters[1])[net]
        torch.testing.assert_close(found, wanted, rtol=1e-10, atol=1e-10)
        norms = torch.stack([matrix.norm() for matrix in shape.matrices(wanted)])
        torch.testing.assert_close(run.gradient_norms[0, net], norms, rtol=1e-10, atol=1e-10)


def test_l1_leaves_a_0_as_it_is() -> None:
    """By hand: x = 0, so that only the penalty acts, ±0.1 · 0.5 an update; y is the bias."""
    data = data_for("squared", inputs=3, outputs=1)
    data.train_x.zero_()
    data.train_y.fill_(2.0)
    start = torch.tensor([[0.0, 1.0, -1.0, 2.0]])
    run = train_all(start, Shape((3, 1)), data, Recipe("squared", 2), learning_rate=0.1, l1=0.5)
    torch.testing.assert_close(run.parameters[-1, 0], torch.tensor([0, 0.9, -0.9, 2]))


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_with_adamw_alone_l2_is_no_part_of_the_loss(optimiser: str) -> None:
    shape, data = Shape((3, 4, 1)), data_for("logistic")
    recipe = Recipe("logistic", 1, optimiser=optimiser, precision=torch.float64)
    without, with_l2 = (
        train_all(random_start(shape), shape, data, recipe, learning_rate=0.01, l2=l2).gradient_norms[0]
        for l2 in (0.0, 5.0)
    )
    assert torch.equal(without, with_l2) == (optimiser == "adamw")
