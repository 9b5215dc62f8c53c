"""Gradient descent: steps by hand, the limit 2/R, and the bound of the theory on many problems."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from visualizer.engine.descent.objectives import Quadratic, logistic_regression, net_loss, quadratic
from visualizer.engine.descent.run import (
    LOOK_EVERY,
    MAX_STEPS,
    Descent,
    bound,
    curvature_along,
    descend,
    descend_all,
    fit_power,
    promised_steps,
    rises,
    spread_times,
    steps_to_reach,
)


def tensor(*values: float) -> Tensor:
    return torch.tensor(values, dtype=torch.float64)


def drawn(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


BOWL = Quadratic(tensor(2.0, 1.0))


def test_two_steps_by_hand() -> None:
    run = descend_all(BOWL, tensor(1.0, 4.0), 0.25, 3)
    assert run.points.tolist() == [[1.0, 4.0], [0.5, 3.0], [0.25, 2.25]]
    assert run.losses.tolist() == [9.0, 4.75, 2.59375]
    assert run.squared_gradients.tolist() == [20.0, 10.0, 5.3125]
    assert run.diverged == -1 and run.gap == 9.0 and rises(run.losses) == 0


def test_a_quadratic_is_left_by_powers_of_1_minus_eta_lambda() -> None:
    objective = quadratic(100, 5)
    run = descend_all(objective, drawn(5), 1.3, 400)
    powers = (1 - 1.3 * objective.eigenvalues) ** torch.arange(400, dtype=torch.float64)[:, None]
    torch.testing.assert_close(run.points, powers * drawn(5))


def test_eta_1_over_r_solves_a_round_bowl_in_one_step() -> None:
    run = descend_all(Quadratic(tensor(3.0, 3.0)), tensor(1.0, -2.0), 1 / 3, 3)
    assert run.squared_gradients[1:].max() < 1e-30
    assert steps_to_reach(run.running_minimum, tensor(1e-12)).tolist() == [2]


@pytest.mark.parametrize("factor", [0.1, 1.0, 1.9])
def test_below_2_over_r_the_loss_never_rises(factor: float) -> None:
    run = descend_all(BOWL, tensor(1.0, 1.0), factor / 2, 300)
    assert run.diverged == -1 and rises(run.losses) == 0 and float(run.losses[-1]) < 1e-6 * float(run.losses[0])


def test_at_2_over_r_the_steepest_weight_jumps_to_and_fro_for_ever() -> None:
    run = descend_all(BOWL, tensor(1.0, 1.0), 1.0, 9)
    assert run.points[:, 0].tolist() == [1.0, -1.0] * 4 + [1.0]
    assert bound(2.0, run.gap, 9, factor=2.0) == math.inf


def test_beyond_2_over_r_it_diverges_at_the_step_that_the_factor_says() -> None:
    """η = 1.5, λ = 2: the weight is −2 times the one before, the loss 4 times; 4^20 is the first above 10^12."""
    run = descend_all(BOWL, tensor(1.0, 0.0), 1.5, 1000)
    assert run.diverged == 20
    assert len(run.losses) == 21 and float(run.losses[-1]) == 4.0**20
    assert rises(run.losses) == 20


def test_what_is_no_number_is_left_out() -> None:
    run = descend_all(BOWL, tensor(1.0, 0.0), 1e200, 1000)
    assert run.diverged == 1 and len(run.losses) == 1
    assert bool(torch.isfinite(run.points).all())


def test_it_reports_as_it_goes_and_stops_where_nobody_asks() -> None:
    going = descend(BOWL, tensor(1.0, 1.0), 0.1, 2 * LOOK_EVERY + 5)
    counts = []
    for run in going:
        assert torch.is_grad_enabled()
        counts.append(len(run.losses))
    assert counts == [LOOK_EVERY, 2 * LOOK_EVERY, 2 * LOOK_EVERY + 5]


def test_the_start_stays() -> None:
    start = tensor(1.0, 1.0)
    descend_all(BOWL, start, 0.1, 5)
    assert start.tolist() == [1.0, 1.0]


def test_the_bound_by_hand() -> None:
    assert bound(2.0, 9.0, tensor(1.0, 4.0)).tolist() == [36.0, 9.0]  # 2 · 2 · 9 / T
    assert float(bound(2.0, 9.0, 4, factor=0.5)) == pytest.approx(2 * 9 / (0.5 * 0.75 * 4))
    assert promised_steps(2.0, 9.0, 0.01) == pytest.approx(3600)
    assert promised_steps(2.0, 9.0, 0.01, factor=2.2) == math.inf


def holds(run: Descent, smoothness: float, factor: float) -> bool:
    steps = torch.arange(1, len(run.losses) + 1, dtype=torch.float64)
    limit = bound(smoothness, run.gap, steps, factor)
    return bool((run.running_minimum <= limit * (1 + 1e-9) + 1e-15).all())


@settings(max_examples=40)
@given(
    st.lists(st.floats(1e-4, 1e4), min_size=2, max_size=6),
    st.integers(0, 10_000),
    st.floats(-3.0, 3.0),
    st.one_of(st.just(1.0), st.floats(0.05, 1.95)),
)
def test_no_quadratic_is_above_the_bound(eigenvalues: list[float], seed: int, size: float, factor: float) -> None:
    objective = Quadratic(tensor(*eigenvalues))
    start = 10.0**size * drawn(len(eigenvalues), seed=seed)
    run = descend_all(objective, start, factor / objective.smoothness, 60)
    assert run.diverged == -1 and holds(run, objective.smoothness, factor)


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(4, 30), st.floats(0.0, 4.0), st.floats(0.05, 1.95))
def test_no_logistic_regression_is_above_the_bound(seed: int, examples: int, apart: float, factor: float) -> None:
    y = torch.where(torch.arange(examples) % 2 == 0, 1.0, -1.0).double()
    objective = logistic_regression(drawn(examples, 2, seed=seed) + apart * y[:, None], y)
    for each in (1.0, factor):
        run = descend_all(objective, drawn(3, seed=seed + 1), each / objective.smoothness, 60)
        assert holds(run, objective.smoothness, each)


def test_the_bound_with_a_wrong_r_can_fail() -> None:
    run = descend_all(BOWL, tensor(1.0, 0.0), 1.0, 50)
    assert not holds(run, smoothness=1.0, factor=1.0)  # R is 2; with 1 the step looks safe


def test_a_net_is_below_the_bound_with_the_r_that_was_measured() -> None:
    y = torch.where(drawn(40, seed=1) > 0, 1.0, -1.0).double()
    net = net_loss(drawn(40, 2), y, 4)
    start = 0.5 * drawn(net.parameters, seed=2)
    run = descend_all(net, start, 0.5, 300)
    along = curvature_along(run, points=300)
    assert along.times.tolist()[:3] == [0, 1, 2] and along.times[-1] == 299
    assert 0.5 * along.smoothness < 2
    assert holds(run, along.smoothness, 0.5 * along.smoothness)


def test_steps_to_reach_counts_points_from_the_first() -> None:
    run = Descent(BOWL, 0.1, torch.zeros(5, 2).double(), tensor(5, 4, 3, 2, 1), tensor(8.0, 2.0, 4.0, 1.0, 3.0))
    assert run.running_minimum.tolist() == [8.0, 2.0, 2.0, 1.0, 1.0]
    assert steps_to_reach(run.running_minimum, tensor(9.0, 8.0, 7.0, 2.0, 1.5, 1.0, 0.5)).tolist() == [
        1,
        1,
        2,
        2,
        4,
        4,
        -1,
    ]


def test_the_slope_of_a_power_is_its_exponent() -> None:
    epsilons = torch.logspace(-6, 0, 13, dtype=torch.float64)
    steps = 1000 * epsilons**-1.5
    steps[0] = -1
    power = fit_power(epsilons, steps)
    assert power is not None
    assert power.slope == pytest.approx(-1.5) and power.scale == pytest.approx(1000)
    assert power.at(tensor(0.01)).tolist() == pytest.approx([1e6])


@pytest.mark.parametrize(("epsilons", "steps"), [([0.1, 0.2], [-1, 5]), ([0.1], [5]), ([0.1, 0.1], [5, 5]), ([], [])])
def test_less_than_two_points_have_no_slope(epsilons: list[float], steps: list[int]) -> None:
    assert fit_power(tensor(*epsilons), torch.tensor(steps)) is None


def test_a_bowl_with_the_same_loss_in_every_direction_takes_1_over_epsilon() -> None:
    """Each weight adds λ(1 − λ)^2t to the squared gradient; over many scales of λ the sum falls as 1/t."""
    objective = quadratic(1e6, 60)
    run = descend_all(objective, objective.even_start(), 1.0, 10_000)
    epsilons = torch.logspace(-5, -2, 16, dtype=torch.float64) / 10
    power = fit_power(epsilons, steps_to_reach(run.running_minimum, epsilons))
    assert power is not None and power.slope == pytest.approx(-1.0, abs=0.03)


def test_times_are_spread_over_the_logarithm() -> None:
    assert spread_times(1, 10).tolist() == [0]
    assert spread_times(3, 10).tolist() == [0, 1, 2]
    assert spread_times(1000, 4).tolist() == [0, 9, 99, 999]


def test_refuses_what_is_no_run() -> None:
    for name, call in (
        ("start", lambda: descend(BOWL, tensor(1.0), 0.1, 5)),
        ("start", lambda: descend(BOWL, tensor(1.0, math.nan), 0.1, 5)),
        ("step", lambda: descend(BOWL, tensor(1.0, 1.0), 0.0, 5)),
        ("step", lambda: descend(BOWL, tensor(1.0, 1.0), math.inf, 5)),
        ("steps", lambda: descend(BOWL, tensor(1.0, 1.0), 0.1, 0)),
        (f"to {MAX_STEPS}", lambda: descend(BOWL, tensor(1.0, 1.0), 0.1, MAX_STEPS + 1)),
        ("most", lambda: spread_times(5, 1)),
    ):
        with pytest.raises(ValueError, match=name):
            call()
