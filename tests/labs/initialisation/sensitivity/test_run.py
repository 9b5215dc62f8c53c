"""The view "Sensitivity": its run, what is read off it, its answer and its figures."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch

from tests.labs.initialisation.made import IDLE, SETTINGS, run_of, settings_with, spaced, valley
from visualizer.engine.experiments.scale_sweep import StartsRun
from visualizer.labs.initialisation.sensitivity.answer import answer
from visualizer.labs.initialisation.sensitivity.figures import (
    figure_gradient,
    figure_loss,
    loss_limits,
    sensitivity_columns,
)
from visualizer.labs.initialisation.sensitivity.run import SCALES, cost, crossing, read, run, scales
from visualizer.labs.initialisation.settings import InitialisationSettings
from visualizer.labs.kit.charts import csv_text
from visualizer.labs.kit.figure import inks

INK = inks(False)
MADE = run_of(valley(14, 20, at=18))


def finished(settings: InitialisationSettings) -> StartsRun:
    found = list(run(settings))[-1].result
    assert found is not None
    return found


def test_32_scales_times_8_seeds_are_one_run_with_the_known_starts_beside() -> None:
    reports = list(run(SETTINGS))
    assert [reports[0].share, reports[-1].share] == [0, 1]
    assert reports[-1].text == "Epoch 12 of 12"
    found = reports[-1].result
    assert found is not None and found.loss.shape == (SCALES + 6, 8)
    assert [start.kind for start in found.starts[SCALES:]] == ["zeros", "equal", "xavier", "he", "lecun", "orthogonal"]
    assert scales()[[0, -1]].tolist() == pytest.approx([1e-3, 1e2])
    assert torch.equal(finished(SETTINGS).loss, found.loss)
    assert cost(SETTINGS).seconds < 1 and cost(SETTINGS).what.startswith("38 starts × 8 seeds of 2-6-6-6-1")


def test_the_range_the_best_scale_and_the_balanced_one_are_read_off() -> None:
    reading = read(SETTINGS, MADE)
    assert reading.zones is not None
    assert (reading.zones.low, reading.zones.high, reading.best) == (14, 20, 18)
    assert reading.idle == IDLE
    assert reading.balanced == pytest.approx(0.1)
    assert [rule.name for rule in reading.rules] == ["Xavier", "He", "LeCun", "Orthogonal"]


def test_the_rules_sizes_are_said_as_scales_of_the_chosen_kind() -> None:
    reading = read(settings_with(units=16), MADE)
    # 2-16-16-16-1: the geometric mean of 1, √(1/8), √(1/8) and √(1/8)
    assert reading.reference("he").scale == pytest.approx(math.sqrt(1 / 8) ** 0.75)
    assert read(settings_with(units=16, kind="he"), MADE).reference("he").scale == pytest.approx(1)
    assert read(settings_with(units=16, kind="uniform"), MADE).reference("equal").scale == pytest.approx(3**0.5 / 16)
    assert math.isnan(reading.reference("zeros").scale)
    assert math.isnan(read(settings_with(kind="zeros"), MADE).reference("he").scale)


@pytest.mark.parametrize(
    ("factors", "found"),
    [
        ([0.1, 10.0, 100.0], 10**0.5),
        ([0.5, 1.0, 2.0], 10.0),
        ([0.1, 0.2, 0.3], None),
        ([2.0, 3.0, 4.0], None),
        ([math.nan, 0.1, 10.0], 10**1.5),
        ([0.0, 2.0, 3.0], 10.0),
    ],
)
def test_a_crossing_is_found_between_two_scales(factors: list[float], found: float | None) -> None:
    places = torch.tensor([1.0, 10.0, 100.0], dtype=torch.float64)
    assert crossing(places, torch.tensor(factors, dtype=torch.float64)) == (
        None if found is None else pytest.approx(found)
    )


def test_the_answer_says_what_was_read_off() -> None:
    found = answer(SETTINGS, MADE)
    low, high, best = (f"{float(scales()[place]):.2g}" for place in (14, 20, 18))
    assert found.words.startswith(f"From about **{low}** to **{high}**: there the logistic loss covers at least 90 %")
    assert f"to the best, 0.0500, at **{best}**." in found.words
    assert "From **zeros** the first gradient is 0 in layers 1 to 2: only the output learns its bias." in found.words
    values = [figure.value for figure in found.figures]
    assert values[:3] == [f"{low} – {high}", best, "0.1"]
    assert "Of the rules Xavier is best: its loss ends at 0.100." in found.figures[1].help
    assert f"On the test points {best} is best, with 0.150." in found.figures[1].help
    assert (
        "At 0.001 the norm of the first gradient is 1 in the last layer and 1.0·10⁻⁴ in the first: it shrinks to 1/100 "
        "from layer to layer in the backward pass."
    ) in found.more
    assert "In theory it keeps its size at s = 0.41; measured, gradients do at 0.1." in found.more
    assert "**Xavier** comes closest to that (× 0.90 and × 0.90); He × 1.20 and × 1.20" in spaced(found.more)
    assert (
        "**All equal (0.062).** Units that begin alike stay copies of each other; the loss ends at 0.600." in found.more
    )


def test_a_rule_is_judged_by_what_its_own_nets_come_to() -> None:
    # Of the way from 0.7 to 0.05 nine tenths are covered at 0.115.
    losses = valley(14, 20, at=18)
    assert "Xavier, He, LeCun and Orthogonal all get as far, each with its own sizes." in (
        answer(SETTINGS, run_of(losses, rules=(0.1, 0.11, 0.05, 0.114))).words
    )
    assert "With its own sizes Xavier gets as far, but not He (0.120), LeCun (0.300) and Orthogonal (0.400)." in (
        answer(SETTINGS, run_of(losses, rules=(0.1, 0.12, 0.3, 0.4))).words
    )
    assert "None of the rules gets as far: Xavier (0.200)," in (
        answer(SETTINGS, run_of(losses, rules=(0.2, 0.2, math.inf, 0.4))).words
    )


def test_a_best_scale_at_the_edge_is_said_to_be_there() -> None:
    found = answer(SETTINGS, run_of(valley(25, 31, at=31)))
    assert "at **100** (the largest tried)." in found.words
    assert found.figures[1].value == "at least 100"


def test_the_sizes_of_the_rules_are_those_of_the_textbook_between_hidden_layers() -> None:
    assert answer(settings_with(units=16), MADE).figures[3].value == "0.25 | 0.35"
    assert answer(settings_with(units=16, kind="he"), MADE).figures[3].value == "0.71 | 1"


def test_what_diverges_and_what_is_only_high_is_told() -> None:
    losses = valley(14, 20, at=18)
    losses[25:] = math.nan
    first = f"{float(scales()[25]):.2g}"
    assert f"At 100, 8 of 8 nets diverge; the first to do so start from a scale of {first}." in (
        answer(SETTINGS, run_of(losses)).more
    )
    losses[25:] = 12.0
    assert "At 100, the loss ends at 12.0, after 30.0 at the start." in answer(SETTINGS, run_of(losses, start=30)).more
    assert "No scale here is too large." in answer(SETTINGS, run_of(valley(14, 31, at=18))).more
    assert "No scale here is too small." in answer(SETTINGS, run_of(valley(0, 20, at=18))).more


def test_where_nothing_learns_the_answer_says_so() -> None:
    found = answer(SETTINGS, run_of(torch.full((SCALES,), IDLE - 0.001)))
    assert found.words.startswith("From none of these scales does the logistic loss get clearly below the 0.700")
    assert [figure.value for figure in found.figures][:2] == ["none", "none"]


def test_zeros_times_any_scale_are_zeros() -> None:
    settings = settings_with(kind="zeros")
    found = answer(settings, finished(settings))
    assert found.words.startswith("From none: zeros times any scale are zeros")
    assert "Too small" not in found.more
    assert found.figures[-1].value == "— | —"


@pytest.mark.parametrize(("activation", "best"), [("relu", "He"), ("tanh", "Orthogonal")])
def test_which_rule_keeps_sizes_follows_the_activation(activation: str, best: str) -> None:
    settings = settings_with(activation=activation, units=32, epochs=10)
    assert f"**{best}** comes closest to that" in answer(settings, finished(settings)).more


def test_with_relu_xavier_is_too_small_by_the_half_that_is_cut_off() -> None:
    settings = settings_with(activation="relu", units=32, epochs=10)
    reading = read(settings, finished(settings))
    xavier, he = reading.reference("xavier"), reading.reference("he")
    assert xavier.backward == pytest.approx(math.sqrt(1 / 2), rel=0.15)
    assert he.backward == pytest.approx(1, rel=0.15)
    assert (
        "0.71 for the slope of ReLU. In theory it keeps its size at s = 0.25"
        in answer(settings, finished(settings)).more
    )


def test_one_hidden_layer_has_no_factors() -> None:
    settings = settings_with(hidden_layers=1)
    found = answer(settings, finished(settings))
    assert "With one hidden layer, nothing can add up" in found.more
    assert found.figures[2].value == "—"


def test_the_figure_of_the_loss_has_the_range_the_rules_and_what_is_lost() -> None:
    losses = valley(14, 20, at=18)
    losses[25:] = math.nan
    made = run_of(losses)
    settings = settings_with(units=16)
    reading = read(settings, made)
    figure = figure_loss(made, reading, INK, "loss", "sd")
    named = {trace.name: trace for trace in figure.data if trace.name}
    assert list(named) == ["median", "some nets above", "All equal", "Xavier", "He", "LeCun", "Orthogonal"]
    assert list(named["median"].y)[18] == 0.05 and list(named["median"].y)[25:] == [None] * 7
    assert list(named["some nets above"].x) == pytest.approx(scales()[25:].tolist())
    assert named["some nets above"].text[0] == "8 of 8 nets end above the figure<br>8 diverged, first at update 7"
    assert named["Xavier"].x[0] == pytest.approx(reading.reference("xavier").scale)
    ground = next(shape for shape in figure.layout.shapes if shape.type == "rect")
    assert (ground.x0, ground.x1) == (float(scales()[14]), float(scales()[20]))
    early = figure_loss(replace(made, epoch=6), reading, INK, "loss", "sd")
    assert all(shape.type != "rect" for shape in early.layout.shapes)
    assert loss_limits(made, reading) == (IDLE * 1e-3, IDLE * 10)


def test_the_figure_of_the_gradient_has_a_line_for_each_layer() -> None:
    reading = read(SETTINGS, MADE)
    figure = figure_gradient(MADE, reading, INK, "sd")
    named = {trace.name: trace for trace in figure.data if trace.name}
    assert list(named) == ["all layers", "layer 1", "layer 2", "layer 3"]
    assert list(named["layer 1"].y) == pytest.approx((100 * scales() ** 2).tolist())
    assert "same size: 0.1" in [each.text for each in figure.layout.annotations]


def test_a_run_without_any_gradient_can_be_drawn() -> None:
    made = replace(MADE, gradient_norms=torch.zeros_like(MADE.gradient_norms))
    assert len(figure_gradient(made, read(SETTINGS, made), INK, "sd").data) == 5


def test_the_first_look_can_be_drawn_and_the_table_holds_every_net() -> None:
    first = next(run(SETTINGS)).result
    assert first is not None
    reading = read(SETTINGS, first)
    assert len(figure_loss(first, reading, INK, "loss", "sd").data) == 8
    lines = csv_text(sensitivity_columns(first)).splitlines()
    assert len(lines) == 1 + (SCALES + 6) * 8
    assert lines[0].startswith("start,scale,net,loss before,loss,test loss,diverged at update,")
