from __future__ import annotations

import pytest
import torch

from tests.engine.nets import ACTIVATIONS
from tests.engine.plain_training import OUTPUTS, data_for, plain_gradient, plain_loss, plain_outputs, random_start
from visualizer.engine.measures.evaluation import layer_statistics, outputs, unit_maps
from visualizer.engine.training.update.losses import LOSS_NAMES, LossName
from visualizer.engine.training.update.parameters import Shape

DATA = data_for("squared")


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("hidden", [(), (4,), (5, 4, 3)])
def test_outputs_are_the_plain_nets(hidden: tuple[int, ...], bias: bool) -> None:
    shape = Shape((3, *hidden, 2), bias=bias)
    start = random_start(shape, 3)
    found = outputs(start, shape, DATA.train_x)
    assert found.shape == (3, 13, 2)
    for net in range(3):
        torch.testing.assert_close(found[net], plain_outputs(start[net], shape, DATA.train_x))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_unit_maps_are_what_each_unit_gives(activation: str) -> None:
    shape = Shape((3, 5, 4, 2), activation)
    start = random_start(shape, 3)
    maps = unit_maps(start, shape, DATA.train_x)
    assert [tuple(layer.shape) for layer in maps] == [(3, 5, 13), (3, 4, 13), (3, 2, 13)]
    weights, biases = shape.weights(start), shape.biases(start)
    for frame in range(3):
        first = ACTIVATIONS[activation](DATA.train_x @ weights[0][frame].t() + biases[0][frame])
        second = ACTIVATIONS[activation](first @ weights[1][frame].t() + biases[1][frame])
        torch.testing.assert_close(maps[0][frame], first.t())
        torch.testing.assert_close(maps[1][frame], second.t())
        torch.testing.assert_close(maps[2][frame].t(), plain_outputs(start[frame], shape, DATA.train_x))


def test_maps_of_many_points_in_float32() -> None:
    shape = Shape((2, 8, 1))
    start = random_start(shape).float()
    grid = torch.cartesian_prod(torch.linspace(-6, 6, 60), torch.linspace(-6, 6, 60))
    exact = unit_maps(start.double(), shape, grid.double())
    for layer, wanted in zip(unit_maps(start, shape, grid), exact, strict=True):
        assert layer.dtype == torch.float32
        torch.testing.assert_close(layer.double(), wanted, rtol=0, atol=5e-6)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSS_NAMES)
def test_statistics_are_autograds(loss: LossName, activation: str) -> None:
    shape, data = Shape((3, 5, 4, OUTPUTS[loss]), activation), data_for(loss)
    start = random_start(shape, 2)
    layers = layer_statistics(start, shape, data, loss)
    maps = unit_maps(start, shape, data.train_x)
    assert len(layers) == 3
    for net in range(2):
        weights = shape.weights(plain_gradient(start[net], shape, data.train_x, data.train_y, loss))
        sums = [torch.zeros(13, units, dtype=torch.float64, requires_grad=True) for units in shape.sizes[1:]]
        below = data.train_x
        for layer, added in enumerate(sums):
            below = below @ shape.weights(start)[layer][net].t() + shape.biases(start)[layer][net] + added
            below = ACTIVATIONS[activation](below) if layer < 2 else below
        gradients = torch.autograd.grad(plain_loss(loss, below, data.train_y) * 13, sums)
        for layer, found in enumerate(layers):
            assert torch.equal(found.activations, maps[layer])
            torch.testing.assert_close(found.sum_gradients[net], gradients[layer].t(), rtol=1e-10, atol=1e-10)
            torch.testing.assert_close(found.weight_gradients[net], weights[layer], rtol=1e-10, atol=1e-10)


def test_arguments_stay_and_no_grad_is_kept() -> None:
    shape = Shape((3, 4, 2))
    start = random_start(shape, 2)
    before = start.clone()
    leaf = start.requires_grad_()
    found = [outputs(leaf, shape, DATA.train_x), *unit_maps(leaf, shape, DATA.train_x)]
    layer_statistics(leaf, shape, DATA, "squared")
    assert torch.equal(start.detach(), before) and not any(tensor.requires_grad for tensor in found)


def test_maps_are_written_where_asked() -> None:
    shape = Shape((3, 4, 2))
    room = unit_maps(random_start(shape, seed=1), shape, DATA.train_x)
    found = unit_maps(random_start(shape), shape, DATA.train_x, out=room)
    assert all(mine is its for mine, its in zip(found, room, strict=True))
    for mine, wanted in zip(room, unit_maps(random_start(shape), shape, DATA.train_x), strict=True):
        assert torch.equal(mine, wanted)
    with pytest.raises(ValueError, match="out must have shapes"):
        unit_maps(random_start(shape, 2), shape, DATA.train_x, out=room)


def test_refusals() -> None:
    shape = Shape((3, 4, 2))
    with pytest.raises(ValueError, match="flat must end in 26 parameters, got shape"):
        outputs(torch.zeros(2, 25), shape, DATA.train_x)
    with pytest.raises(ValueError, match="train_y must be 1 or −1"):
        layer_statistics(torch.zeros(2, 26), shape, DATA, "logistic")
