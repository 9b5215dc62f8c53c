"""Random features: how they are drawn, and the output layer that fits best, against numpy and autograd."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from tests.engine.plain_training import data_for, plain_gradient, plain_loss, plain_outputs, random_start
from visualizer.engine.experiments.random_features import fit_readout, hidden_features, start_features
from visualizer.engine.training.update.parameters import Shape

SHAPE = Shape((3, 5, 2))
DATA = data_for("squared")


def solved(shape: Shape, ridge: float, nets: int = 2) -> tuple[Tensor, Tensor]:
    start = random_start(shape, nets)
    return start, fit_readout(start, shape, DATA.train_x, DATA.train_y, ridge=ridge)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize("ridge", [0.0, 0.01, 1.0])
def test_no_gradient_is_left_in_the_read_out_and_all_else_stays(activation: str, ridge: float) -> None:
    shape = Shape((3, 6, 4, 2), activation)
    start, fitted = solved(shape, ridge)
    for before, net in zip(start, fitted, strict=True):
        gradient = shape.matrices(plain_gradient(net, shape, DATA.train_x, DATA.train_y, "squared"))[-1].clone()
        gradient[:, :-1] += ridge * shape.weights(net)[-1]
        assert float(gradient.abs().max()) < 1e-10
        for frozen, same in zip(shape.matrices(before)[:-1], shape.matrices(net)[:-1], strict=True):
            assert torch.equal(frozen, same)


def test_as_numpy_solves_the_normal_equations() -> None:
    ridge = 0.3
    start, fitted = solved(SHAPE, ridge, nets=1)
    features = hidden_features(start, SHAPE, DATA.train_x)[0].numpy().T
    answers, count = DATA.train_y.numpy(), len(DATA.train_y)
    centred = features - features.mean(axis=0)
    weights = np.linalg.solve(
        centred.T @ centred / count + ridge * np.eye(5), centred.T @ (answers - answers.mean(axis=0)) / count
    )
    biases = answers.mean(axis=0) - features.mean(axis=0) @ weights
    found = SHAPE.matrices(fitted[0])[-1].numpy()
    np.testing.assert_allclose(found, np.hstack([weights.T, biases[:, None]]), atol=1e-10)


def test_of_all_that_fit_as_well_the_shortest_is_taken() -> None:
    shape = Shape((3, 40, 2))
    start, fitted = solved(shape, 0.0, nets=1)
    rows = hidden_features(start, shape, DATA.train_x)[0].numpy().T
    wanted = np.linalg.pinv(np.hstack([rows, np.ones((len(rows), 1))])) @ DATA.train_y.numpy()
    np.testing.assert_allclose(shape.matrices(fitted[0])[-1].numpy(), wanted.T, atol=1e-8)
    z = plain_outputs(fitted[0], shape, DATA.train_x)
    assert float(plain_loss("squared", z, DATA.train_y)) < 1e-20


def test_units_that_are_all_the_same_are_no_obstacle() -> None:
    start = torch.zeros(1, SHAPE.count, dtype=torch.float64)
    z = plain_outputs(fit_readout(start, SHAPE, DATA.train_x, DATA.train_y)[0], SHAPE, DATA.train_x)
    torch.testing.assert_close(z, DATA.train_y.mean(dim=0).expand_as(z))


@given(ridge=st.floats(1e-6, 10), more=st.floats(1.1, 100))
def test_the_stronger_the_ridge_the_shorter_the_weights_and_the_worse_the_fit(ridge: float, more: float) -> None:
    weak, strong = (solved(SHAPE, each, nets=1)[1][0] for each in (ridge, ridge * more))
    lengths = [float(SHAPE.weights(net)[-1].norm()) for net in (weak, strong)]
    losses = [
        float(plain_loss("squared", plain_outputs(net, SHAPE, DATA.train_x), DATA.train_y)) for net in (weak, strong)
    ]
    assert lengths[1] <= lengths[0] + 1e-12 and losses[1] >= losses[0] - 1e-12


def test_features_are_the_activations_of_the_last_hidden_layer() -> None:
    shape = Shape((3, 5, 4, 2))
    start = random_start(shape, 2)
    found = hidden_features(start, shape, DATA.train_x)
    below = Shape((3, 5, 4))
    for net in range(2):
        wanted = torch.tanh(plain_outputs(start[net, : below.count], below, DATA.train_x))
        torch.testing.assert_close(found[net], wanted.t())
    plain = Shape((3, 2))
    assert torch.equal(hidden_features(random_start(plain), plain, DATA.train_x)[0], DATA.train_x.t())


def test_more_features_are_those_one_had_and_some_more() -> None:
    few, many = (start_features(Shape((3, units, 1)), scale=2.0, seeds=[4]) for units in (4, 9))
    first, second = Shape((3, 4, 1)).matrices(few)[0], Shape((3, 9, 1)).matrices(many)[0]
    assert torch.equal(first, second[:, :4])


def test_features_are_normal_with_the_scale_that_is_asked_for() -> None:
    shape = Shape((4, 2000, 1))
    small, large = (shape.matrices(start_features(shape, scale=scale, seeds=[1]))[0][0] for scale in (1.0, 3.0))
    assert float(small.std()) == pytest.approx(0.5, rel=0.02)
    torch.testing.assert_close(large, 3 * small)
    other = shape.matrices(start_features(shape, scale=1.0, seeds=[2]))[0][0]
    assert not torch.equal(other, small)


@pytest.mark.parametrize(("activation", "gain"), [("tanh", 1.0), ("relu", 2.0)])
def test_layers_above_start_as_xaviers_or_hes(activation: str, gain: float) -> None:
    shape = Shape((2, 300, 300, 1), activation)
    weights = shape.weights(start_features(shape, scale=5.0, seeds=[0]))
    assert float(weights[1].std()) == pytest.approx(math.sqrt(gain / 300), rel=0.05)


def test_what_makes_no_features_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 hidden layer"):
        start_features(Shape((2, 1)), scale=1.0, seeds=[0])
    with pytest.raises(ValueError, match="must have biases"):
        start_features(Shape((2, 3, 1), bias=False), scale=1.0, seeds=[0])
    with pytest.raises(ValueError, match="scale"):
        start_features(SHAPE, scale=math.nan, seeds=[0])
    with pytest.raises(ValueError, match="ridge must be finite and at least 0, got -1"):
        fit_readout(random_start(SHAPE), SHAPE, DATA.train_x, DATA.train_y, ridge=-1)
    without = Shape((3, 5, 2), bias=False)
    with pytest.raises(ValueError, match="must have biases"):
        fit_readout(random_start(without), without, DATA.train_x, DATA.train_y)
