"""The view "Features": its run, its answer and its figures, for one input, for two and for many."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
import torch

from tests.labs.architecture.made import NUMBERS, SETTINGS, data
from visualizer.engine.measures.feature_use import Selection
from visualizer.labs.architecture.curve_figures import (
    columns_of_curves,
    columns_of_unit_curves,
    figure_curves,
    figure_unit_curves,
)
from visualizer.labs.architecture.features.answer import answer
from visualizer.labs.architecture.features.run import LEARNED_UNITS, RANDOM_UNITS, FeatureRun, cost, run, turned_by
from visualizer.labs.architecture.plane_figures import columns_of_map, figure_map
from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.architecture.unit_figures import (
    columns_of_explained,
    columns_of_tiles,
    figure_explained,
    figure_tiles,
    tiles_of,
)
from visualizer.labs.architecture.wider.run import WAYS
from visualizer.labs.kit.charts import csv_text
from visualizer.labs.kit.figure import inks

INK = inks(False)


def result(settings: ArchitectureSettings) -> FeatureRun:
    found = list(run(settings))[-1].result
    assert found is not None
    return found


FOUND = result(SETTINGS)


def explaining(learned: list[float], random: list[float]) -> FeatureRun:
    """The same nets, with units that explain so much."""
    kinds = {LEARNED_UNITS: learned, RANDOM_UNITS: random}
    chosen = {
        name: Selection(torch.arange(len(shares)), torch.tensor(shares, dtype=torch.float64))
        for name, shares in kinds.items()
    }
    return replace(FOUND, selections=chosen)


def said(found: FeatureRun) -> str:
    return answer(SETTINGS, found).words


def test_the_run_ends_with_three_ways_and_the_units_in_the_order_of_their_use() -> None:
    reports = list(run(SETTINGS))
    assert all(before.share <= after.share for before, after in itertools.pairwise(reports))
    assert reports[-1].share == 1
    assert all(way is not None for way in FOUND.ways)
    assert [sorted(each.order.tolist()) for each in FOUND.selections.values()] == [[0, 1, 2, 3]] * 2
    assert cost(SETTINGS).what.startswith("A net with 4 units, 3 ways, 20 epochs")
    first = FOUND.shape.matrices(FOUND.start)[0]
    assert FOUND.trained is not None
    assert torch.equal(FOUND.shape.matrices(FOUND.trained)[0], first.float())
    assert float(turned_by(FOUND).max()) > 0


def test_the_answer_is_what_they_explain_together_and_alone() -> None:
    found = explaining([0.4, 0.7, 0.8, 0.9], [0.2, 0.4, 0.5, 0.6])
    assert said(found) == (
        "**More of the task**: of the variance of the answers, 4 features explain 90 % if learned, 60 % if random. "
        "The best **2 learned** explain as much as all 4 random ones."
    )
    more = answer(SETTINGS, found).more
    assert "Alone, the best learned one explains 40 %, the best random one 20 %: they do it together." in more
    assert "For this net (seed 3), of the test points it gets wrong: " in more
    assert [each.label for each in answer(SETTINGS, found).figures] == [
        "Learned explain",
        "Random explain",
        "Best alone",
        "Turned by",
    ]


def test_the_answer_changes_where_the_run_does() -> None:
    less = explaining([0.1, 0.2, 0.3, 0.4], [0.5, 0.6, 0.7, 0.9])
    assert said(less) == (
        "**Less, here**: of the variance of the answers, 4 features explain 40 % if learned, 90 % if random. "
        "The best **1 random** explains as much as all 4 learned ones."
    )
    same = explaining([0.8, 0.9, 0.9, 0.9], [0.2, 0.4, 0.5, 0.9])
    assert said(same).startswith("**Nothing that would matter**: of the variance") and "The best" not in said(same)
    assert "it does most of the work." in answer(SETTINGS, same).more


def test_one_unit_alone_is_told_in_the_singular() -> None:
    one = replace(SETTINGS, width=1)
    found = answer(one, result(one))
    assert "1 feature explains" in found.words
    assert "Alone" not in found.more


def test_a_net_that_diverges_has_no_answer_and_is_drawn() -> None:
    wild = replace(SETTINGS, optimiser="sgd", rate=1e6)
    found = result(wild)
    assert answer(wild, found).words == "Training diverges: choose a lower learning rate."
    assert figure_map(wild, found, found.learned, "learned", INK).data
    assert figure_explained(found, INK).data


def test_a_run_that_was_cancelled_early_tells_of_the_ways_there_are() -> None:
    begun = next(iter(run(SETTINGS))).result
    assert begun is not None and begun.trained is None and not begun.selections
    more = answer(SETTINGS, begun).more
    assert "least squares" in more and "trained read-out" not in more


def test_the_map_of_a_plane_has_heights_a_border_and_the_training_points() -> None:
    figure = figure_map(SETTINGS, FOUND, FOUND.learned, "learned", INK)
    assert [trace.type for trace in figure.data] == ["heatmap", "contour", "scatter"]
    assert len(figure.data[2].x) == 20
    columns = columns_of_map(SETTINGS, FOUND, FOUND.learned)
    assert [len(list(column)) for column in columns.values()] == [3600] * 3
    assert float(list(columns["output 1"])[61]) == pytest.approx(figure.data[0].z[1][1], abs=6e-4)


def test_of_three_classes_the_map_has_regions_with_their_names() -> None:
    three = replace(SETTINGS, chosen=data("gaussians_3"))
    found = result(three)
    figure = figure_map(three, found, found.learned, "learned", INK)
    assert [trace.type for trace in figure.data] == ["heatmap", "scatter"]
    assert {name for row in figure.data[0].text for name in row} <= {"A", "B", "C"}


def test_one_input_is_drawn_as_curves_with_what_is_true() -> None:
    found = result(NUMBERS)
    figure = figure_curves(NUMBERS, found, INK)
    assert [trace.name for trace in figure.data] == ["without noise", "training points", *WAYS]
    units = figure_unit_curves(NUMBERS, found, found.learned, [2, 0], "learned units", INK)
    assert [trace.name for trace in units.data] == ["unit 2", "unit 0"]
    assert list(columns_of_curves(NUMBERS, found)) == ["x", *WAYS]
    assert list(columns_of_unit_curves(NUMBERS, found, found.learned)) == ["x", *(f"unit {unit}" for unit in range(4))]


def test_tiles_are_shares_of_a_unit_s_own_largest() -> None:
    tiles = tiles_of(SETTINGS, FOUND, FOUND.learned)
    assert tiles.shape == (4, 20, 20)
    assert tiles.abs().amax(dim=(1, 2)).tolist() == pytest.approx([1] * 4)
    figure = figure_tiles(tiles, [3, 1, 0, 2], "learned units", ("x₁", "x₂"), INK)
    z = figure.data[0].z
    assert (len(z), len(z[0])) == (41, 41)
    assert z[20][0] is None and figure.data[0].text[0][0] == "3"
    assert z[0][0] == pytest.approx(float(tiles[3, -1, 0]), abs=6e-4)
    assert bool((tiles_of(SETTINGS, FOUND, torch.full_like(FOUND.start, math.nan)) == 0).all())


def test_units_of_many_inputs_are_shown_by_their_weights() -> None:
    digits = replace(SETTINGS, chosen=data("digits", 60), width=3)
    found = replace(FOUND, shape=digits.shape(3), start=digits.start(digits.shape(3)))
    tiles = tiles_of(digits, found, found.start)
    assert tiles.shape == (3, 8, 8)
    weights = found.shape.weights(found.start)[0][0, 0].view(8, 8)
    torch.testing.assert_close(tiles[0].flip(0), weights / weights.abs().max())


def test_the_tables_hold_every_unit() -> None:
    lines = csv_text(columns_of_explained(FOUND)).splitlines()
    assert lines[0] == "kind,features,unit added,variance explained" and len(lines) == 1 + 8
    tiles = csv_text(columns_of_tiles(tiles_of(SETTINGS, FOUND, FOUND.learned), [1, 0])).splitlines()
    assert len(tiles) == 1 + 2 * 400
