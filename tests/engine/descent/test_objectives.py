"""The losses: values by hand, gradients against autograd, and what is known of each."""

import math

import pytest
import torch
from torch import Tensor

from visualizer.engine.descent.objectives import (
    LogisticRegression,
    NetLoss,
    Objective,
    Quadratic,
    logistic_regression,
    net_loss,
    quadratic,
)


def drawn(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def labels(count: int, seed: int = 1) -> Tensor:
    return torch.where(drawn(count, seed=seed) > 0, 1.0, -1.0).double()


OBJECTIVES: list[Objective] = [
    quadratic(50, 4),
    logistic_regression(drawn(30, 2), labels(30)),
    net_loss(drawn(30, 2), labels(30), 5),
]


@pytest.mark.parametrize("objective", OBJECTIVES, ids=lambda each: type(each).__name__)
def test_the_gradient_is_autograds_for_one_point_and_for_many(objective: Objective) -> None:
    w = drawn(3, objective.parameters, seed=2).requires_grad_()
    expected = torch.autograd.grad(objective.loss(w).sum(), w)[0]
    torch.testing.assert_close(objective.gradient(w.detach()), expected)
    torch.testing.assert_close(objective.gradient(w.detach()[1]), expected[1])
    torch.testing.assert_close(objective.loss(w.detach()[1]), objective.loss(w.detach())[1])


def test_a_quadratic_by_hand() -> None:
    bowl = Quadratic(torch.tensor([4.0, 1.0], dtype=torch.float64))
    w = torch.tensor([1.0, 2.0], dtype=torch.float64)
    assert float(bowl.loss(w)) == 4.0 and bowl.gradient(w).tolist() == [4.0, 2.0]
    assert bowl.smoothness == 4.0 and bowl.infimum == 0.0
    assert bowl.even_start(4.0).tolist() == [math.sqrt(1.0), 2.0]


def test_the_eigenvalues_go_from_1_down_by_the_condition_number() -> None:
    torch.testing.assert_close(quadratic(100, 3).eigenvalues, torch.tensor([1.0, 0.1, 0.01], dtype=torch.float64))
    assert quadratic(1, 2).eigenvalues.tolist() == [1.0, 1.0]


def test_logistic_regression_by_hand() -> None:
    """x = 1 with both labels: L = ½ ln(1 + e^−z) + ½ ln(1 + e^z) for z = w + b, least at z = 0, where it is ln 2."""
    found = logistic_regression(torch.ones(2, 1), torch.tensor([1.0, -1.0]))
    assert found.smoothness == pytest.approx(2 / 4)  # XᵀX / m is all ones, 2 × 2: its largest eigenvalue is 2
    assert found.infimum == pytest.approx(math.log(2)) and found.infimum_known == "nearly"
    z = 0.3 + 0.2
    expected = 0.5 * math.log(1 + math.exp(-z)) + 0.5 * math.log(1 + math.exp(z))
    assert float(found.loss(torch.tensor([0.3, 0.2], dtype=torch.float64))) == pytest.approx(expected)


def test_newtons_least_loss_is_where_the_gradient_vanishes() -> None:
    found = logistic_regression(drawn(40, 3), labels(40))
    w = drawn(4, seed=3)
    for _ in range(5000):
        w = w - found.gradient(w) / found.smoothness
    assert float(found.gradient(w).norm()) < 1e-9
    assert found.infimum == pytest.approx(float(found.loss(w)), abs=1e-13)
    assert found.infimum_known == "nearly"


@pytest.mark.parametrize("copies", [1, 20])
def test_classes_that_a_line_separates_have_the_infimum_0(copies: int) -> None:
    x = torch.tensor([[0.0], [1.0], [2.0], [3.0]]).repeat(copies, 1)
    found = logistic_regression(x, torch.tensor([-1.0, -1.0, 1.0, 1.0]).repeat(copies))
    assert found.infimum == 0.0 and found.infimum_known == "exactly"


def test_equal_columns_make_no_trouble() -> None:
    x = drawn(20, 1)
    twice, once = logistic_regression(torch.cat([x, x], 1), labels(20)), logistic_regression(x, labels(20))
    assert twice.infimum == pytest.approx(once.infimum)


def test_a_net_by_hand() -> None:
    """One input, one unit: out = 2 tanh(0.5 · 1 + 0.1) − 0.3."""
    found = net_loss(torch.ones(1, 1), torch.tensor([-1.0]), 1)
    out = 2 * math.tanh(0.6) - 0.3
    w = torch.tensor([0.5, 0.1, 2.0, -0.3], dtype=torch.float64)
    assert float(found.loss(w)) == pytest.approx(math.log(1 + math.exp(out)))
    assert found.smoothness is None and found.infimum == 0.0 and found.infimum_known == "as a lower bound"
    assert net_loss(drawn(5, 2), labels(5), 8).parameters == 33


def test_a_confident_mistake_costs_its_margin() -> None:
    wrong = LogisticRegression(torch.ones(1, 1).double(), torch.tensor([-1.0]).double(), 0.25, 0.0, "exactly")
    assert float(wrong.loss(torch.tensor([1000.0]).double())) == 1000.0


def test_refuses_what_is_no_problem() -> None:
    x, y = drawn(4, 2), torch.tensor([1.0, -1.0, 1.0, -1.0])
    for name, call in (
        ("condition_number", lambda: quadratic(0.5, 3)),
        ("condition_number", lambda: quadratic(math.inf, 3)),
        ("parameters", lambda: quadratic(2, 1)),
        ("y", lambda: logistic_regression(x, y[:3])),
        ("y must be −1 or 1, got 0.0", lambda: logistic_regression(x, y.clamp_min(0))),
        ("x", lambda: net_loss(x * math.nan, y, 3)),
        ("units", lambda: net_loss(x, y, 0)),
    ):
        with pytest.raises(ValueError, match=name):
            call()


def test_the_arguments_stay() -> None:
    x, y = drawn(6, 2), labels(6)
    before = x.clone(), y.clone()
    net: NetLoss = net_loss(x, y, 3)
    w = drawn(net.parameters)
    kept = w.clone()
    net.gradient(w)
    assert torch.equal(x, before[0]) and torch.equal(y, before[1]) and torch.equal(w, kept)
