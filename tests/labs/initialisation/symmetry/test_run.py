"""The view "Symmetry": its run, its answer and its figures."""

from __future__ import annotations

import math

import pytest
import torch

from tests.labs.initialisation.made import SETTINGS, settings_with
from visualizer.engine.experiments.scale_sweep import Start
from visualizer.labs.initialisation.settings import InitialisationSettings
from visualizer.labs.initialisation.symmetry.answer import answer
from visualizer.labs.initialisation.symmetry.run import SymmetryRun, cost, run, starts_of
from visualizer.labs.initialisation.symmetry.view import distance_columns, figure_distance, figure_units, unit_columns
from visualizer.labs.kit.charts import csv_text
from visualizer.labs.kit.figure import inks

INK = inks(False)
NAMES = ("weight 1", "weight 2")


def finished(settings: InitialisationSettings) -> SymmetryRun:
    found = list(run(settings))[-1].result
    assert found is not None
    return found


def test_zeros_equal_weights_the_chosen_start_and_xavier() -> None:
    assert starts_of(SETTINGS) == (Start("zeros"), Start("equal", 1 / 6), Start("normal"), Start("xavier"))
    assert len(starts_of(settings_with(kind="zeros"))) == 3
    assert starts_of(settings_with(kind="equal", scale=0.5))[2] == Start("equal", 0.5)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
def test_zeros_and_equal_weights_stay_0_apart_and_random_ones_do_not(activation: str) -> None:
    settings = settings_with(activation=activation, units=8, hidden_layers=2)
    found = finished(settings)
    assert float(found.distances[:, :2].max()) < 1e-6
    assert float(found.distances[:, 2:].min()) > 0.1
    assert found.units.shape == (13, 4, 8, 3)
    assert torch.equal(finished(settings).distances, found.distances)


def test_with_more_training_random_units_move_apart() -> None:
    settings = settings_with(units=16, hidden_layers=1, epochs=200, kind="he", scale=0.1, learning_rate=2.0)
    found = finished(settings)
    medians = found.distances.median(dim=2).values
    assert float(medians[-1, 2]) > 1.5 * float(medians[0, 2])
    assert "**He × 0.1.** Units are " in answer(settings, found).more
    assert cost(settings).seconds < 1


def test_the_answer_says_which_starts_are_copies_and_what_they_end_at() -> None:
    settings = settings_with(units=16, epochs=100)
    found = finished(settings)
    said = answer(settings, found)
    assert "from **zeros** and **all equal (0.062)** all 16 units of a layer are copies of one" in said.words
    assert [figure.label for figure in said.figures] == [
        "Loss from Zeros",
        "Loss from All equal (0.062)",
        "Loss from Normal × 1",
        "Loss from Xavier",
    ]
    assert "Distance between units: 0 before, 0 after" in said.figures[0].help
    assert "The first gradient is 0 in layers 1 to 3: weights of 0 above pass nothing back" in said.more
    assert "A 2-1-1-1-1 net with these weights, added up over the copies, gives the same outputs to within" in said.more


def test_from_zeros_sigmoid_units_move_later_but_together() -> None:
    settings = settings_with(activation="sigmoid", hidden_layers=1, epochs=100)
    assert "Later layer 1 moves, up to " in answer(settings, finished(settings)).more


def test_what_diverges_is_said() -> None:
    settings = settings_with(activation="relu", scale=100.0, learning_rate=100.0, hidden_layers=6, units=16)
    found = finished(settings)
    assert bool(found.parameters[2].isnan().all())
    assert "**Normal × 100.** At least half of these nets diverge." in answer(settings, found).more
    figure_units(found, NAMES, INK)
    assert all(math.isfinite(limit) for limit in figure_distance(found, INK).layout.yaxis.range)


def test_the_figures_have_a_line_and_marks_for_each_start() -> None:
    found = finished(SETTINGS)
    figure = figure_distance(found, INK)
    lines = {trace.name: trace for trace in figure.data if trace.name}
    assert list(lines) == ["Zeros", "All equal (0.17)", "Normal × 1", "Xavier"]
    assert set(lines["Zeros"].y) == {0.0}
    plane = figure_units(found, NAMES, INK)
    marks = {trace.name: trace for trace in plane.data if trace.mode == "markers"}
    assert set(marks) == set(lines)
    assert list(marks["Xavier"].x) == pytest.approx(found.units[-1, 3, :, 0].tolist())
    assert [each.text for each in plane.layout.annotations] == ["All equal (0.17): 6 units", "Zeros: 6 units"]


def test_the_first_look_can_be_drawn_and_the_tables_hold_everything() -> None:
    first = next(run(SETTINGS)).result
    assert first is not None
    figure_distance(first, INK), figure_units(first, NAMES, INK)
    found = finished(SETTINGS)
    assert len(csv_text(distance_columns(found)).splitlines()) == 1 + 13 * 4 * 8
    lines = csv_text(unit_columns(found)).splitlines()
    assert lines[0] == "epoch,start,unit,weight 1,weight 2,bias" and len(lines) == 1 + 13 * 4 * 6
