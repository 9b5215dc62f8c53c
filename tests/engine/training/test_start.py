from __future__ import annotations

import math

import pytest
import torch

from visualizer.engine.training.initialisation import INITIALISATIONS, initialise
from visualizer.engine.training.start import STARTS, start_networks
from visualizer.engine.training.update.parameters import Shape

SHAPE = Shape((3, 5, 2))


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("kind", INITIALISATIONS)
def test_the_draws_are_those_that_are_rounded_elsewhere(kind: str, bias: bool) -> None:
    shape = Shape((3, 5, 2), bias=bias)
    found = start_networks(shape, kind, scale=2.0, seeds=[8])
    weights, biases = initialise(shape.sizes, kind, scale=2.0, seed=8, bias=bias)
    pairs = list(zip(shape.weights(found) + shape.biases(found), weights + (biases or []), strict=True))
    assert len(pairs) == (4 if bias else 2)
    for mine, rounded in pairs:
        torch.testing.assert_close(mine[0], rounded, rtol=0, atol=0.005 + 1e-12)


@pytest.mark.parametrize("kind", STARTS)
def test_each_net_has_its_seed_and_its_scale(kind: str) -> None:
    state = torch.random.get_rng_state()
    scales = torch.tensor([0.001, 1.0, 100.0, 1.0])
    found = start_networks(SHAPE, kind, scale=scales, seeds=[1, 1, 1, 2])
    assert found.shape == (4, SHAPE.count) and found.dtype == torch.float64
    torch.testing.assert_close(found[:3], found[1] * scales[:3, None].double(), rtol=1e-12, atol=0)
    assert torch.equal(found[1], found[3]) == (kind in ("zeros", "equal"))
    assert torch.equal(start_networks(SHAPE, kind, seeds=[2])[0], found[3])
    assert torch.equal(torch.random.get_rng_state(), state)


def test_lecun_has_the_spread_of_the_source() -> None:
    (weight,) = Shape((100, 300)).weights(start_networks(Shape((100, 300)), "lecun", scale=3.0, seeds=[0]))
    assert float(weight.std()) == pytest.approx(3 / math.sqrt(100), rel=0.02)


@pytest.mark.parametrize(("inputs", "units"), [(6, 4), (4, 6), (5, 5), (1, 3)])
def test_orthogonal_rows_or_columns(inputs: int, units: int) -> None:
    shape = Shape((inputs, units))
    matrices = shape.weights(start_networks(shape, "orthogonal", scale=2.0, seeds=range(200)))[0]
    rows = matrices if units <= inputs else matrices.transpose(1, 2)
    products = rows @ rows.transpose(1, 2)
    torch.testing.assert_close(products, 4 * torch.eye(min(inputs, units), dtype=torch.float64).expand_as(products))
    assert bool((matrices.mean(dim=0).abs() < 0.45).all())  # no sign is the likelier one


@pytest.mark.parametrize("kind", ["xavier", "he", "lecun", "orthogonal"])
def test_biases_start_at_0(kind: str) -> None:
    assert all(not bool(bias.any()) for bias in SHAPE.biases(start_networks(SHAPE, kind, seeds=[0])))


@pytest.mark.parametrize(
    ("kind", "scale", "seeds", "words"),
    [
        ("magic", 1.0, [0], "kind must be one of uniform, normal, xavier, he, zeros, equal, lecun, orthogonal"),
        ("he", -1.0, [0], "scale must be finite and at least 0, got -1.0"),
        ("he", torch.tensor([1.0, math.nan]), [0, 1], "scale must be finite"),
        ("he", torch.ones(3), [0, 1], "scale must be a number or have shape (2,), got shape (3,)"),
        ("he", 1.0, [], "seeds must be at least 1 number, got none"),
        ("he", 1.0, [-1], "seed must be from 0"),
    ],
)
def test_refusals(kind: str, scale: float | torch.Tensor, seeds: list[int], words: str) -> None:
    with pytest.raises(ValueError) as raised:
        start_networks(SHAPE, kind, scale=scale, seeds=seeds)
    assert words in str(raised.value)
