"""Descents with dropout end at the ridge's closed form."""

from __future__ import annotations

import pytest
import torch

from visualizer.engine.experiments.dropout_descent import Descent, descend_with_dropout
from visualizer.engine.experiments.dropout_ridge import Regression, ridge_parameters

PROBABILITIES = torch.tensor([0.1, 0.5, 0.9], dtype=torch.float64)


def regression(examples: int, seed: int = 0) -> Regression:
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(examples, 2, generator=generator, dtype=torch.float64) * torch.tensor([1.0, 3.0])
    y = x @ torch.tensor([[1.0], [-0.5]], dtype=torch.float64) + 0.4
    return Regression(x, y + 0.1 * torch.randn(examples, 1, generator=generator, dtype=torch.float64))


def descended(of: Regression, steps: int = 600, runs: int = 8, seed: int = 1, **more: int) -> list[Descent]:
    generator = torch.Generator().manual_seed(seed)
    return list(descend_with_dropout(of, PROBABILITIES, steps=steps, runs=runs, generator=generator, **more))


@pytest.mark.parametrize("examples", [20, 200])
def test_the_mean_ends_at_the_ridge_within_its_standard_errors(examples: int) -> None:
    made = regression(examples)
    found = descended(made)[-1].parameters
    error = found.std(dim=1) / found.shape[1] ** 0.5
    off = (found.mean(dim=1) - ridge_parameters(made, PROBABILITIES)) / error
    assert float(off.square().mean().sqrt()) < 2.5
    assert float(error.max()) < 0.05


def test_without_dropout_it_stays_where_it_begins() -> None:
    made = regression(20)
    zero = torch.zeros(1, dtype=torch.float64)
    generator = torch.Generator().manual_seed(0)
    (*_, last) = descend_with_dropout(made, zero, steps=30, runs=2, generator=generator)
    best = ridge_parameters(made, zero)
    torch.testing.assert_close(last.parameters, best.unsqueeze(1).expand(-1, 2, -1, -1), atol=1e-4, rtol=0)


def test_it_reports_as_it_goes_on_and_the_same_seed_gives_the_same() -> None:
    made = regression(20)
    found = descended(made, steps=100, reports=10)
    assert [each.step for each in found] == list(range(10, 101, 10))
    assert all(each.parameters.shape == (3, 8, 1, 3) for each in found)
    again = descended(made, steps=100, reports=10)
    assert torch.equal(found[-1].parameters, again[-1].parameters)
    assert not torch.equal(found[-1].parameters, descended(made, steps=100, seed=2)[-1].parameters)


def test_inputs_that_are_0_and_few_examples_do_no_harm() -> None:
    x = torch.tensor([[0.0, 1.0]], dtype=torch.float64)
    found = descended(Regression(x, torch.ones(1, 1, dtype=torch.float64)), steps=40)[-1].parameters
    assert bool(found.isfinite().all())


def test_what_does_not_fit_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="must be at least 1"):
        descended(regression(20), steps=0)
    generator = torch.Generator().manual_seed(0)
    with pytest.raises(ValueError, match="probability must be from 0 and below 1"):
        descend_with_dropout(regression(20), torch.ones(1).double(), steps=1, runs=1, generator=generator)
