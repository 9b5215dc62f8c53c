from __future__ import annotations

import pytest
import torch

from tests.engine.plain_training import OUTPUTS, data_for, plain_gradient, random_start
from visualizer.engine.training.loop import train_all
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.update.losses import LOSS_NAMES, LossName
from visualizer.engine.training.update.optimisers import OPTIMISERS
from visualizer.engine.training.update.parameters import Shape


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
