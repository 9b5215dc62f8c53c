"""What the settings of the lab "Learning rate" come to."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from tests.labs.learning_rate.made import SETTINGS
from visualizer.labs.kit.cost import refused
from visualizer.labs.learning_rate.settings import RATES, refusal_of
from visualizer.text.numbers import loss_text, rate_text, times


def test_the_rates_are_a_factor_apart_and_reach_both_ends() -> None:
    rates = SETTINGS.rates
    assert len(rates) == RATES
    assert (float(rates[0]), float(rates[-1])) == pytest.approx((0.01, 100.0))
    torch.testing.assert_close(rates[1:] / rates[:-1], torch.full((RATES - 1,), 10 ** (4 / 23), dtype=torch.float64))


def test_the_nets_fit_the_data_and_come_from_consecutive_seeds() -> None:
    assert SETTINGS.shape.sizes == (2, 4, 1)
    assert replace(SETTINGS, layers=3).shape.sizes == (2, 4, 4, 4, 1)
    start = SETTINGS.start()
    assert start.shape == (2, SETTINGS.shape.count)
    assert torch.equal(replace(SETTINGS, first_seed=4).start()[0], start[1])


def test_a_batch_size_of_0_is_all_at_once() -> None:
    assert SETTINGS.recipe("sgd").batch_size == 10
    assert replace(SETTINGS, batch_size=0).recipe("sgd").batch_size is None


def test_equal_settings_are_one_key() -> None:
    assert hash(replace(SETTINGS)) == hash(SETTINGS) and replace(SETTINGS) == SETTINGS
    assert replace(SETTINGS, epochs=11) != SETTINGS


def test_the_cost_says_what_and_with_which_seeds() -> None:
    assert SETTINGS.cost(24).what == "48 nets 2-4-1, 10 epochs, seeds 3 to 4"
    assert replace(SETTINGS, seeds=1).cost(25, 6).what == "6 × 25 nets 2-4-1, 10 epochs, seed 3"
    assert not refused(SETTINGS.cost(24))
    large = replace(SETTINGS, units=64, layers=4, epochs=2000, seeds=20, batch_size=1)
    assert "would take about" in refused(large.cost(24))


def test_limits_the_wrong_way_round_are_refused() -> None:
    assert refusal_of(SETTINGS) == ""
    assert refusal_of(replace(SETTINGS, lowest=100.0)) == "The lowest rate, 100, must be below the highest, 100."


@pytest.mark.parametrize(
    ("rate", "text"), [(0.001, "0.001"), (0.534, "0.53"), (5.0, "5"), (149.0, "150"), (2e-5, "2.0·10⁻⁵")]
)
def test_rates_in_words(rate: float, text: str) -> None:
    assert rate_text(rate) == text


def test_losses_and_factors_in_words() -> None:
    assert [loss_text(0.123), loss_text(float("inf"))] == ["0.12", "diverged"]
    assert [times(3.21), times(47.2), times(5123.0)] == ["3.2", "47", "5,100"]
