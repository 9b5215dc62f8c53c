"""What the settings of the lab come to."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch

from tests.labs.architecture.made import NUMBERS, SETTINGS, data
from visualizer.engine.measures.evaluation import outputs
from visualizer.labs.architecture.error_axis import error_axis, loss_axis, spread
from visualizer.labs.architecture.settings import ADDRESS, ArchitectureSettings, refusal_of
from visualizer.labs.architecture.text import (
    error_phrase,
    error_text,
    features,
    layers,
    units,
)
from visualizer.labs.kit.cost import refused
from visualizer.text.training import share_text
from visualizer.text.words import listed


def test_every_name_in_the_address_is_the_lab_s_own_and_said_once() -> None:
    names = [setting.name for setting in ADDRESS.table]
    assert len(set(names)) == len(names)
    assert all(name.startswith("arch_") for name in names)


def test_widths_are_powers_of_two_up_to_the_largest_and_depths_have_as_many_parameters() -> None:
    assert SETTINGS.widths == (1, 2, 4, 8)
    assert replace(SETTINGS, widest=100).widths == (1, 2, 4, 8, 16, 32, 64, 100)
    assert replace(SETTINGS, widest=256).widths[-2:] == (128, 256)
    shapes = replace(SETTINGS, parameters=150, deepest=6).shapes()
    assert [shape.depth - 1 for shape in shapes] == [1, 2, 3, 4, 5, 6]
    assert all(abs(shape.count - 150) <= 5 for shape in shapes)


def test_test_errors_are_shares_of_points_or_mean_squares() -> None:
    shape = SETTINGS.shape(4)
    start = SETTINGS.start(shape)
    wrong = (outputs(start, shape, SETTINGS.data.test_x)[..., 0] > 0) != (SETTINGS.data.test_y[:, 0] > 0)
    torch.testing.assert_close(SETTINGS.test_errors(start, shape), wrong.double().mean(dim=1))
    shape, start = NUMBERS.shape(4), NUMBERS.start(NUMBERS.shape(4))
    missed = outputs(start, shape, NUMBERS.data.test_x) - NUMBERS.data.test_y
    torch.testing.assert_close(NUMBERS.test_errors(start, shape), missed.square().mean(dim=(1, 2)))


def test_the_errors_of_more_classes_are_those_of_the_largest_output() -> None:
    three = replace(SETTINGS, chosen=data("gaussians_3"))
    shape, start = three.shape(4), three.start(three.shape(4))
    right = outputs(start, shape, three.data.test_x).argmax(dim=2) == three.data.test_y.argmax(dim=1)
    torch.testing.assert_close(three.test_errors(start, shape), 1 - right.double().mean(dim=1))


@pytest.mark.parametrize("settings", [SETTINGS, NUMBERS], ids=["classes", "numbers"])
def test_what_diverged_has_an_error_without_bound(settings: ArchitectureSettings) -> None:
    shape = settings.shape(4)
    lost = settings.start(shape)
    lost[1] = math.nan
    lost[2] = math.inf
    assert settings.test_errors(lost, shape).isinf().tolist() == [False, True, True, False, False]


def test_the_solved_read_out_leaves_the_features_and_is_as_good_as_can_be() -> None:
    shape = SETTINGS.shape(8)
    start, solved = SETTINGS.start(shape), SETTINGS.solved(shape)
    assert torch.equal(shape.matrices(start)[0], shape.matrices(solved)[0])
    trained = list(SETTINGS.train(shape, (0,)))[-1].run.parameters[-1]
    assert bool((SETTINGS.train_losses(solved, shape) <= SETTINGS.train_losses(trained, shape) + 1e-6).all())


def test_equal_settings_are_one_key() -> None:
    assert hash(replace(SETTINGS)) == hash(SETTINGS) and replace(SETTINGS) == SETTINGS
    assert replace(SETTINGS, ridge=0.0) != SETTINGS


def test_the_cost_says_what_and_is_bounded() -> None:
    assert SETTINGS.cost(0.1, "Nets").what == "Nets, 20 epochs, seeds 3 to 7"
    assert replace(SETTINGS, nets=1).cost(0.1, "Nets").what.endswith("seed 3")
    assert "would take about" in refused(SETTINGS.cost(60, "Nets"))


def test_too_few_parameters_for_the_depth_are_refused_in_words() -> None:
    assert refusal_of(SETTINGS) == ""
    assert refusal_of(replace(SETTINGS, parameters=4, deepest=6)) == (
        "Parameters must be at least 5, which 1 hidden layer of 1 unit has with 2 inputs and 1 output, got 4."
    )


def test_words() -> None:
    assert [share_text(share) for share in (0, 0.004, 0.031, 0.0996, 0.5, 0.996, 1)] == [
        "0%", "0.4%", "3.1%", "10%", "50%", "99.6%", "100%",
    ]  # fmt: skip
    assert (error_text(0.25, True), error_text(0.25, False), error_text(math.inf, True)) == (
        "25%",
        "0.25",
        "diverged",
    )
    assert error_phrase(0.25, True) == "25% of the test points wrong"
    assert error_phrase(0.25, False) == "a mean squared error of 0.25"
    assert (units(1), units(3), features(1), features(2), layers(1), layers(2)) == (
        "1 unit", "3 units", "1 feature", "2 features", "1 hidden layer", "2 hidden layers",
    )  # fmt: skip
    assert (listed(["3"]), listed(["3", "4", "5"])) == ("3", "3, 4 and 5")


def test_an_error_of_nothing_has_a_place_on_the_logarithmic_axis() -> None:
    axis = error_axis(SETTINGS, torch.tensor([[0.0, 0.1, math.inf]]))
    assert (axis.zero, axis.high) == (0.5 / 20, 1.0)
    assert axis.low < axis.zero
    assert axis.drawn(torch.tensor([0.0, 0.1])).tolist() == pytest.approx([0.025, 0.1])
    assert error_axis(SETTINGS, torch.tensor([0.1])).zero is None
    numbers = error_axis(NUMBERS, torch.tensor([0.01, math.inf]))
    assert numbers.zero is None and numbers.low < 0.01 < numbers.high < 10


@pytest.mark.parametrize("values", [[math.inf], [0.0], [math.inf, 0.0]])
def test_an_axis_has_limits_though_no_number_is_known(values: list[float]) -> None:
    for settings in (SETTINGS, NUMBERS):
        axis = error_axis(settings, torch.tensor(values))
        assert 0 < axis.low < axis.high < math.inf
        limits = loss_axis("loss", torch.tensor(values), settings).limits
        assert limits is not None and 0 < limits[0] < limits[1] < math.inf


def test_the_spread_of_nets_reaches_to_those_that_diverged() -> None:
    low, high = spread(torch.tensor([[1.0, 2.0, math.inf], [3.0, 3.0, 3.0]]))
    assert (low.tolist(), high.tolist()) == ([1, 3], [math.inf, 3])
