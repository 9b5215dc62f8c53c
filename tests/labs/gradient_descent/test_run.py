"""The run of the lab: by hand for a bowl, the same for everybody, and refusals in words."""

import math

import pytest
import torch

from tests.labs.gradient_descent.runs import result_of
from visualizer.engine.descent.run import LOOK_EVERY
from visualizer.labs.gradient_descent.run import (
    HIGHEST,
    SHOWN,
    cost,
    problem,
    run,
)
from visualizer.labs.gradient_descent.settings import LOGISTIC, NET, RANDOM, SETTINGS, WEIGHTS, DescentSettings
from visualizer.labs.kit.cost import refused

BOWL = DescentSettings()


def test_the_default_bowl_is_the_sum_over_its_directions() -> None:
    """Each direction starts with a loss of 1/20 and is multiplied by 1 − λ at every step."""
    result = result_of(BOWL)
    eigenvalues = torch.logspace(0, -4, 20, dtype=torch.float64)
    powers = (1 - eigenvalues) ** (2 * torch.arange(2000, dtype=torch.float64)[:, None])
    torch.testing.assert_close(result.losses, powers.mean(1))
    torch.testing.assert_close(result.squared_gradients, (2 * eigenvalues * powers).mean(1))
    assert (result.smoothness, result.step, result.gap, result.infimum) == (1.0, 1.0, 1.0, 0.0)
    assert result.largest.tolist() == pytest.approx([1.0] * len(result.times))


def test_a_net_takes_its_r_at_the_start_and_measures_it_on_the_way() -> None:
    result = result_of(DescentSettings(problem=NET, data="spirals"))
    ends = torch.stack([result.largest[0].abs(), result.smallest[0].abs()])
    assert result.step * result.smoothness == pytest.approx(1.0)
    assert result.smoothness == pytest.approx(float(ends.max()))
    assert not result.everywhere and float(result.largest.max()) > 2 * result.smoothness


def test_logistic_regression_starts_at_0_where_it_bends_most() -> None:
    result = result_of(DescentSettings(problem=LOGISTIC))
    assert float(result.losses[0]) == pytest.approx(math.log(2))
    assert float(result.largest[0]) == pytest.approx(result.smoothness)
    assert float(result.largest[1:].max()) < result.smoothness


def test_the_path_is_drawn_over_its_plane() -> None:
    result = result_of(DescentSettings(problem=NET))
    assert len(result.track) <= SHOWN and result.track_times[-1] == 1999
    torch.testing.assert_close(result.track_losses, result.losses[result.track_times])
    inside = (result.track[:, 0] >= result.surface.a[0]) & (result.track[:, 0] <= result.surface.a[-1])
    assert bool(inside.all())
    assert float(result.surface.plane.explained.sum()) > 0.9


def test_the_shadow_is_the_loss_right_below_the_path() -> None:
    settings = DescentSettings(dimensions=2)
    result = result_of(settings)
    torch.testing.assert_close(result.shadow_losses, result.track_losses)  # two weights: the plane is all there is
    objective, _ = problem(DescentSettings())
    deep = result_of(DescentSettings())
    torch.testing.assert_close(deep.shadow_losses, objective.loss(deep.surface.plane.points(deep.track)))


def test_a_path_that_climbs_is_drawn_as_far_as_it_can_be_seen() -> None:
    result = result_of(DescentSettings(factor=2.1))
    assert result.diverged == 161 and len(result.losses) == 162
    assert float(result.track_losses.max()) <= HIGHEST < float(result.losses[len(result.track)])


@pytest.mark.parametrize("settings", [DescentSettings(problem=NET, seed=3), DescentSettings(plane=RANDOM, seed=3)])
def test_the_seed_says_it_all(settings: DescentSettings) -> None:
    *_, again = run(settings)
    assert again.result is not None
    torch.testing.assert_close(again.result.losses, result_of(settings).losses)
    torch.testing.assert_close(again.result.surface.losses, result_of(settings).surface.losses)


def test_it_says_how_far_it_is() -> None:
    shares = [progress.share for progress in run(DescentSettings(steps=3 * LOOK_EVERY))]
    assert shares == pytest.approx([0.3, 0.6, 0.9, 1.0])


@pytest.mark.parametrize(
    ("weights", "problem_name", "words"),
    [((1, 4), LOGISTIC, "3 weights, so there is no weight 4"), ((2, 2), NET, "2 is chosen twice")],
)
def test_a_plane_that_is_none_is_refused_in_words(weights: tuple[int, int], problem_name: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        next(run(DescentSettings(problem=problem_name, plane=WEIGHTS, first=weights[0], second=weights[1])))


def test_weights_are_the_planes_coordinates() -> None:
    settings = DescentSettings(plane=WEIGHTS, first=1, second=20)
    _, start = problem(settings)
    torch.testing.assert_close(result_of(settings).track[0], start[[0, 19]])


def test_the_largest_experiment_is_done() -> None:
    largest = DescentSettings(problem=NET, **{name: SETTINGS[name].maximum for name in ("units", "steps")})
    assert refused(cost(largest)) == ""
    assert cost(largest).what == "20,000 points on the way down a 2-16-1 net on 200 examples, seed 0"
