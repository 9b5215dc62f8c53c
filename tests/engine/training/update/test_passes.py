from __future__ import annotations

import pytest
import torch

from tests.engine.plain_training import OUTPUTS, data_for, plain_gradient, plain_outputs, random_start
from visualizer.engine.trace.activations import ACTIVATIONS
from visualizer.engine.training.loop import train_all
from visualizer.engine.training.nets import Batches
from visualizer.engine.training.recipe import Recipe
from visualizer.engine.training.update.losses import LOSS_NAMES, LossName
from visualizer.engine.training.update.operation import run
from visualizer.engine.training.update.parameters import Shape
from visualizer.engine.training.update.passes import BatchPass, Dropout

HIDDEN = [(), (1,), (5,), (4, 3), (3, 3, 3, 3)]
CLOSE = {"rtol": 1e-10, "atol": 1e-10}


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSS_NAMES)
@pytest.mark.parametrize("nets", [1, 3])
def test_gradients_are_autograds(
    nets: int, loss: LossName, activation: str, hidden: tuple[int, ...], bias: bool
) -> None:
    shape = Shape((3, *hidden, OUTPUTS[loss]), activation, bias)
    data = data_for(loss)
    start = random_start(shape, nets)
    parameters = shape.by_layer(start)
    gradient = torch.full_like(parameters, torch.nan)
    way = BatchPass(shape, loss, parameters, gradient, 13, None)
    (batch,) = Batches(data.train_x, data.train_y, loss, 13, nets, bias=bias, dtype=torch.float64)
    run(way.forward(batch) + way.backward(batch))
    for net, found in enumerate(shape.by_net(gradient)):
        torch.testing.assert_close(batch.z[net].t(), plain_outputs(start[net], shape, data.train_x), **CLOSE)
        wanted = plain_gradient(start[net], shape, data.train_x, data.train_y, loss)
        torch.testing.assert_close(found, wanted, **CLOSE)


@pytest.mark.parametrize("lowest", range(4))
def test_the_way_back_ends_at_the_lowest_layer_that_learns(lowest: int) -> None:
    shape, data = Shape((3, 4, 5, 2)), data_for("squared")
    parameters = shape.by_layer(random_start(shape, 2))
    whole, part = torch.zeros_like(parameters), torch.zeros_like(parameters)
    (batch,) = Batches(data.train_x, data.train_y, "squared", 13, 2, bias=True, dtype=torch.float64)
    for gradient, down_to in ((whole, 0), (part, lowest)):
        way = BatchPass(shape, "squared", parameters, gradient, 13, None)
        run(way.forward(batch) + way.backward(batch, down_to))
    for layer, (wanted, found) in enumerate(zip(shape.layers(whole), shape.layers(part), strict=True)):
        assert torch.equal(found, wanted if layer >= lowest else torch.zeros_like(wanted))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_several_logistic_outputs_are_summed(activation: str) -> None:
    shape = Shape((3, 4, 2), activation)
    data = data_for("logistic", outputs=2)
    start = random_start(shape)
    run_of = train_all(start, shape, data, one_update("logistic"), learning_rate=1.0)
    wanted = plain_gradient(start[0], shape, data.train_x, data.train_y, "logistic")
    torch.testing.assert_close((run_of.parameters[0] - run_of.parameters[1])[0], wanted, **CLOSE)


@pytest.mark.parametrize("loss", LOSS_NAMES)
@pytest.mark.parametrize("hidden", [(5,), (4, 3)])
def test_gradients_under_dropout_are_autograds_with_the_same_masks(loss: LossName, hidden: tuple[int, ...]) -> None:
    shape = Shape((3, *hidden, OUTPUTS[loss]))
    data = data_for(loss)
    start = random_start(shape, 3)
    shares = torch.tensor([0.0, 0.3, 0.7], dtype=torch.float64)
    run_of = train_all(start, shape, data, one_update(loss), learning_rate=1.0, dropout=shares)
    dice = torch.Generator().manual_seed(4 * 2**31)
    noise = [torch.empty(units, 13, dtype=torch.float64).uniform_(generator=dice).t() for units in hidden]
    for net, share in enumerate(shares.tolist()):
        masks = [(values >= share).double() / (1 - share) for values in noise]
        wanted = plain_gradient(start[net], shape, data.train_x, data.train_y, loss, masks=masks)
        torch.testing.assert_close((run_of.parameters[0] - run_of.parameters[1])[net], wanted, **CLOSE)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_float32_is_close_for_many_units_too(activation: str) -> None:
    shape = Shape((3, 256, 1), activation)
    data = data_for("logistic", examples=40)
    start = random_start(shape) / 4
    recipe = Recipe("logistic", 1, frames=2)
    run_of = train_all(start, shape, data, recipe, learning_rate=1.0)
    wanted = plain_gradient(start[0], shape, data.train_x, data.train_y, "logistic")
    torch.testing.assert_close((run_of.parameters[0] - run_of.parameters[1])[0].double(), wanted, rtol=0, atol=2e-6)


def one_update(loss: LossName) -> Recipe:
    return Recipe(loss, 1, frames=2, precision=torch.float64, seed=4)


SHARES = torch.tensor([0.0, 0.2, 0.5, 0.9], dtype=torch.float64)


def masks(seed: int = 1, shares: torch.Tensor = SHARES) -> torch.Tensor:
    """(nets, 100 units, 1000 examples)"""
    mask = torch.empty(len(shares), 100, 1000, dtype=torch.float64)
    run(Dropout(shares, torch.Generator().manual_seed(seed)).draw(mask))
    return mask


def test_the_share_that_is_off_is_as_asked() -> None:
    off = (masks() == 0).double().mean(dim=(1, 2))
    deviation = (SHARES * (1 - SHARES) / 100_000).sqrt()
    assert bool(((off - SHARES).abs() <= 4 * deviation).all())


def test_what_is_on_is_scaled_so_that_the_mean_stays() -> None:
    mask = masks()
    for net, share in enumerate(SHARES.tolist()):
        assert mask[net][mask[net] > 0].unique().tolist() == [1 / (1 - share)]
    assert bool(((mask.mean(dim=(1, 2)) - 1).abs() < 0.05).all())


def test_units_and_examples_are_dropped_by_themselves() -> None:
    on = masks()[2] > 0
    for axis in (0, 1):
        shares = on.double().mean(dim=axis)
        expected = (0.25 / on.shape[axis]) ** 0.5
        assert 0.7 * expected < float(shares.std()) < 1.3 * expected


def test_nets_share_the_draws() -> None:
    off = masks() == 0
    assert all(bool((off[net + 1] | ~off[net]).all()) for net in range(3))
    assert torch.equal(masks(shares=SHARES[2:3])[0], masks()[2])


def test_only_the_generator_decides() -> None:
    state = torch.random.get_rng_state()
    assert torch.equal(masks(5), masks(5))
    assert not torch.equal(masks(5), masks(6))
    assert torch.equal(torch.random.get_rng_state(), state)
