"""What the settings of the lab come to."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from tests.labs.regularisation.made import SETTINGS
from visualizer.engine.statistics.comparisons import Difference
from visualizer.labs.kit.cost import refused
from visualizer.labs.regularisation.settings import ADDRESS, VIEW, data_of, strengths_by_decades
from visualizer.labs.regularisation.text import give_or_take, kind_text, strength_text


def test_every_name_in_the_address_is_the_lab_s_own_and_said_once() -> None:
    names = [setting.name for setting in ADDRESS.table]
    assert len(set(names)) == len(names)
    assert all(name.startswith("reg_") for name in names)


def test_a_view_has_the_share_that_it_has_a_use_for() -> None:
    shares = {view: data_of(view).train_share.name for view in VIEW.options}
    assert shares == {"strength": "reg_train_share", "alike": "reg_train_share", "amount": "reg_largest_share"}


def test_each_repeat_has_other_points_and_another_start_and_strengths_share_them() -> None:
    first, second = SETTINGS.parts(0), SETTINGS.parts(1)
    assert len(first.fitted.train_x) == SETTINGS.trained == 18
    assert not torch.equal(first.fitted.train_x, second.fitted.train_x)
    start = SETTINGS.start(0, 3)
    assert start.shape == (3, SETTINGS.shape.count)
    assert torch.equal(start[0], start[2])
    assert not torch.equal(start[:1], SETTINGS.start(1, 1))
    assert torch.equal(SETTINGS.start(1, 1), replace(SETTINGS, first_seed=4).start(0, 1))


def test_two_points_are_always_left_to_test_on() -> None:
    data = SETTINGS.chosen.data
    few = replace(data, train_x=data.train_x[:3], train_y=data.train_y[:3])
    few = replace(few, test_x=data.test_x[:1], test_y=data.test_y[:1])
    small = replace(SETTINGS, chosen=replace(SETTINGS.chosen, data=few))
    assert (small.points, small.trained) == (4, 2)


def test_equal_settings_are_one_key() -> None:
    assert hash(replace(SETTINGS)) == hash(SETTINGS) and replace(SETTINGS) == SETTINGS
    assert replace(SETTINGS, powers=3) != SETTINGS


def test_the_cost_says_what_and_is_bounded() -> None:
    assert SETTINGS.cost(0.1, 34).what == "68 nets 2-4-1, 10 epochs, seeds 3 to 4"
    assert replace(SETTINGS, repeats=1).cost(0.1, 34).what.endswith("seed 3")
    assert SETTINGS.cost(0.1, 34).seconds == pytest.approx(0.2)
    assert "would take about" in refused(SETTINGS.cost(60, 34))


def test_strengths_by_decades() -> None:
    torch.testing.assert_close(strengths_by_decades(-1, 1, 1), torch.tensor([0.1, 1, 10]).double())
    assert len(strengths_by_decades(-5, 0, 2)) == 11


def test_words() -> None:
    assert [strength_text("l2", value) for value in (0.0, 3.16e-5, 0.00316, 1.0)] == ["0", "3.2·10⁻⁵", "0.0032", "1"]
    assert kind_text("dropout", 0.25) == "dropout of 0.25"
    assert kind_text("l1", 0.01) == "L1 with λ = 0.01"
    assert kind_text("early", 0.0) == "early stopping"
    assert give_or_take(Difference(-0.5, 0.1, 2, 2)) == "0.5 ± 0.1"
    assert give_or_take(Difference(-0.5, float("nan"), 1, 1)) == "0.5"
