"""What a run says: numbers by hand, on results that are made up and on real ones."""

import math
from dataclasses import replace

import pytest
import torch

from tests.labs.gradient_descent.runs import result_of
from visualizer.labs.gradient_descent.reading import reach_curve, read, whole_reach
from visualizer.labs.gradient_descent.run import DescentResult
from visualizer.labs.gradient_descent.settings import LOGISTIC, NET, DescentSettings


def made_up(**other: object) -> DescentResult:
    """‖∇L‖² = 1/T for a thousand steps, η = 1/R with R = 2, L(w₀) − L* = 1."""
    squared = 1 / torch.arange(1, 1001, dtype=torch.float64)
    values: dict[str, object] = {
        "losses": torch.linspace(1, 0.5, 1000, dtype=torch.float64),
        "squared_gradients": squared,
        "running_minimum": squared,
        "step": 0.5,
        "smoothness": 2.0,
        "gap": 1.0,
        "times": torch.tensor([0, 9, 999]),
        "largest": torch.tensor([2.0, 1.0, 0.5], dtype=torch.float64),
        "smallest": torch.tensor([0.1, 0.1, 0.1], dtype=torch.float64),
    }
    return replace(result_of(DescentSettings()), **(values | other))


def test_numbers_by_hand() -> None:
    reading = read(made_up(), 0.01)
    assert reading.reached == 100
    assert reading.promised == pytest.approx(2 * 2 * 1 / 0.01)
    assert reading.is_classic and reading.kept and reading.margin == pytest.approx(4.0)
    assert reading.fitted == (0.01, 1.0)
    finer = read(made_up(), 0.001)
    assert finer.power is not None and finer.power.slope == pytest.approx(-1.0, abs=0.02)
    assert reading.unstable == 0 and reading.first_unstable is None and not reading.rises_at_end


def test_another_step_has_another_bound() -> None:
    reading = read(made_up(step=0.25), 0.01)
    assert not reading.is_classic
    assert reading.promised == pytest.approx(2 * 1 / (0.5 * 0.75 * 0.01))


def test_from_2_over_r_on_nothing_is_promised() -> None:
    reading = read(made_up(step=1.0), 0.01)
    assert not reading.is_promised and reading.promised == math.inf and reading.kept


def test_a_net_is_held_against_the_largest_r_that_was_measured() -> None:
    largest = torch.tensor([2.0, 3.0, 0.5], dtype=torch.float64)
    reading = read(made_up(everywhere=False, largest=largest), 0.01)
    assert reading.smoothness == 3.0 and reading.factor == 1.5
    bent_down = read(made_up(everywhere=False, smallest=torch.tensor([-3.5, 0.0, 0.0], dtype=torch.float64)), 0.01)
    assert bent_down.smoothness == 3.5


def test_a_broken_promise_is_seen() -> None:
    assert not read(made_up(gap=0.2), 0.01).kept


def test_what_was_not_reached_has_the_slope_of_where_it_got() -> None:
    reading = read(made_up(), 1e-6)
    assert reading.reached is None
    assert reading.fitted == pytest.approx((0.001, 0.1))
    assert reading.promised == pytest.approx(4e6)


def test_less_than_a_decade_has_no_slope() -> None:
    assert read(made_up(), 0.2).power is None
    assert read(made_up(), 2.0).power is None and read(made_up(), 2.0).reached == 1


def test_overshooting_is_counted_from_2_over_eta() -> None:
    largest = torch.tensor([2.0, 4.1, 4.0], dtype=torch.float64)
    reading = read(made_up(largest=largest), 0.01)
    assert (reading.unstable, reading.first_unstable) == (1, 10)
    assert read(made_up(losses=torch.ones(1000).double().index_fill(0, torch.tensor([950]), 2.0)), 0.01).rises_at_end


def test_a_gradient_that_is_0_makes_no_trouble() -> None:
    result = result_of(DescentSettings(condition_number=1, dimensions=2))
    reading = read(result, 1e-10)
    assert reading.reached == 2 and reading.kept
    epsilons, steps = whole_reach(result, 1e-10)
    assert bool(torch.isfinite(epsilons).all()) and steps[-1] == 1


def test_the_curve_counts_from_each_epsilon() -> None:
    epsilons, steps = reach_curve(made_up(), 1e-4, 1.0)
    assert len(epsilons) == 33
    assert steps[0] == -1 and steps[-1] == 1
    assert steps[16] == math.ceil(1 / float(epsilons[16]))


@pytest.mark.parametrize("factor", [0.3, 1.0, 1.9])
@pytest.mark.parametrize("problem", ["bowl", LOGISTIC])
def test_where_r_holds_everywhere_the_promise_is_kept(problem: str, factor: float) -> None:
    reading = read(result_of(DescentSettings(problem=problem, factor=factor)), 1e-3)
    assert reading.is_promised and reading.kept
    assert reading.reached is not None and reading.reached <= reading.promised


def test_the_default_grows_as_1_over_epsilon() -> None:
    reading = read(result_of(DescentSettings()), 1e-4)
    assert reading.reached == 898 and reading.promised == pytest.approx(20_000)
    assert reading.power is not None and reading.power.slope == pytest.approx(-0.96, abs=0.01)


def test_a_line_that_separates_the_classes_needs_one_over_the_root_of_epsilon() -> None:
    reading = read(result_of(DescentSettings(problem=LOGISTIC, data="gaussians_2")), 1e-6)
    assert reading.power is not None and reading.power.slope == pytest.approx(-0.55, abs=0.06)


def test_a_net_reaches_the_edge_of_stability() -> None:
    reading = read(result_of(DescentSettings(problem=NET, data="spirals")), 1e-4)
    assert reading.unstable > 0 and reading.rises_at_end and not reading.is_promised
