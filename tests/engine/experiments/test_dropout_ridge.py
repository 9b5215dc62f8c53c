"""Dropout on the inputs of a linear regression is a ridge: by hand, over all masks, and at the minimum."""

from __future__ import annotations

import itertools
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from visualizer.engine.experiments.dropout_ridge import (
    MAX_MASKS,
    Regression,
    enumerated_loss,
    expected_loss,
    plain_loss,
    ridge_factor,
    ridge_parameters,
    sampled_losses,
)

ONE = Regression(torch.tensor([[2.0]]).double(), torch.tensor([[1.0]]).double())


def of(value: float) -> Tensor:
    return torch.tensor(value, dtype=torch.float64)


def drawn(seed: int, examples: int = 5, inputs: int = 3, outputs: int = 2) -> tuple[Regression, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(examples, inputs, generator=generator, dtype=torch.float64)
    y = torch.randn(examples, outputs, generator=generator, dtype=torch.float64)
    return Regression(x, y), torch.randn(outputs, inputs + 1, generator=generator, dtype=torch.float64)


def by_hand(regression: Regression, parameters: Tensor, probability: float) -> float:
    """The mean over examples of the mean over masks, in the plainest way."""
    weights, bias = parameters[:, :-1], parameters[:, -1]
    total = 0.0
    for x, y in zip(regression.x, regression.y, strict=True):
        for mask in itertools.product((0, 1), repeat=len(x)):
            chance = math.prod(1 - probability if on else probability for on in mask)
            seen = x * torch.tensor(mask).double() / (1 - probability)
            total += chance * float(0.5 * (y - weights @ seen - bias).square().sum())
    return total / len(regression.x)


def test_one_input_by_hand() -> None:
    parameters = torch.tensor([[3.0, 0.5]]).double()
    assert float(plain_loss(ONE, parameters)) == 0.5 * (1 - 6.5) ** 2
    # half the time the input is 0 and the output 0.5, else the input is 4 and the output 12.5
    expected = 0.5 * (0.5 * 0.5**2 + 0.5 * 11.5**2)
    assert float(expected_loss(ONE, parameters, of(0.5))) == pytest.approx(expected)
    assert enumerated_loss(ONE, parameters, 0.5) == pytest.approx(expected)


def test_the_best_weight_of_one_input_by_hand() -> None:
    """Two examples, x = ±1 and y = ±1: the loss ½ (1 − w)² and the ridge ½ p / (1 − p) w² are lowest at w = 1 − p."""
    regression = Regression(torch.tensor([[1.0], [-1.0]]).double(), torch.tensor([[1.0], [-1.0]]).double())
    found = ridge_parameters(regression, torch.tensor([0.0, 0.25, 0.9]).double())
    torch.testing.assert_close(found[:, 0, 0], torch.tensor([1.0, 0.75, 0.1]).double())
    torch.testing.assert_close(found[:, 0, 1], torch.zeros(3).double())


@given(seed=st.integers(0, 10_000), probability=st.floats(0, 0.99))
@settings(max_examples=40)
def test_the_identity_is_exact(seed: int, probability: float) -> None:
    regression, parameters = drawn(seed)
    expected = by_hand(regression, parameters, probability)
    assert enumerated_loss(regression, parameters, probability) == pytest.approx(expected, rel=1e-12)
    assert float(expected_loss(regression, parameters, of(probability))) == pytest.approx(expected, rel=1e-12)


@given(seed=st.integers(0, 10_000), probability=st.floats(0, 0.95))
@settings(max_examples=25)
def test_the_ridge_is_where_the_expected_loss_is_flat(seed: int, probability: float) -> None:
    regression, _ = drawn(seed, examples=9)
    best = ridge_parameters(regression, of(probability).unsqueeze(0))[0].requires_grad_()
    with torch.enable_grad():
        error = regression.y.t() - best @ regression.with_ones.t()
        ridge = best[:, :-1].square().sum(dim=0) @ regression.mean_squares
        loss = 0.5 * error.square().sum(dim=0).mean() + 0.5 * probability / (1 - probability) * ridge
        (gradient,) = torch.autograd.grad(loss, best)
    torch.testing.assert_close(gradient, torch.zeros_like(gradient), atol=1e-9, rtol=0)


def test_many_masks_drawn_come_close_within_their_standard_error() -> None:
    regression, parameters = drawn(3)
    losses = sampled_losses(regression, parameters, 0.4, 20_000, torch.Generator().manual_seed(0))
    assert losses.shape == (20_000,)
    error = float(losses.std()) / math.sqrt(len(losses))
    assert abs(float(losses.mean() - expected_loss(regression, parameters, of(0.4)))) < 4 * error
    assert error < 0.05


def test_without_dropout_every_draw_is_the_plain_loss() -> None:
    regression, parameters = drawn(4)
    losses = sampled_losses(regression, parameters, 0.0, 3, torch.Generator().manual_seed(0))
    torch.testing.assert_close(losses, plain_loss(regression, parameters).expand(3))


def test_losses_of_many_parameters_at_once_are_those_of_each() -> None:
    regression, _ = drawn(5)
    parameters = torch.stack([drawn(seed)[1] for seed in (6, 7)])
    probabilities = torch.tensor([0.2, 0.6]).double()
    together = expected_loss(regression, parameters, probabilities)
    alone = [expected_loss(regression, each, p) for each, p in zip(parameters, probabilities, strict=True)]
    torch.testing.assert_close(together, torch.stack(alone))


def test_an_input_that_is_always_0_gets_no_weight() -> None:
    regression = Regression(torch.tensor([[0.0, 1.0], [0.0, 2.0]]).double(), torch.tensor([[1.0], [3.0]]).double())
    found = ridge_parameters(regression, torch.tensor([0.0, 0.5]).double())
    assert bool(found.isfinite().all())
    torch.testing.assert_close(found[:, 0, 0], torch.zeros(2).double())


def test_what_does_not_fit_is_refused() -> None:
    ones = torch.ones(2, 1).double()
    with pytest.raises(ValueError, match="y must have as many rows as x, 2, got 1"):
        Regression(ones, ones[:1])
    with pytest.raises(ValueError, match="x must be"):
        Regression(ones.float(), ones)
    with pytest.raises(ValueError, match="probability must be from 0 and below 1"):
        ridge_factor(torch.tensor([0.5, 1.0]))
    wide = Regression(torch.ones(1, 13).double(), ones[:1])
    with pytest.raises(ValueError, match="inputs must be at most 12, got 13"):
        enumerated_loss(wide, torch.ones(1, 14).double(), 0.5)
    assert MAX_MASKS == 2**12
