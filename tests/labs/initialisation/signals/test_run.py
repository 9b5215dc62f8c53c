"""The view "Signals through the layers": its run, its answer, its histograms and its lines."""

from __future__ import annotations

import math

import pytest
import torch

from tests.labs.initialisation.made import SETTINGS, settings_with, spaced
from visualizer.engine.experiments.scale_sweep import Start
from visualizer.labs.initialisation.ridges import BINS, edges, ridge, ridge_columns
from visualizer.labs.initialisation.settings import InitialisationSettings
from visualizer.labs.initialisation.signals.answer import answer, ranked
from visualizer.labs.initialisation.signals.figures import (
    activation_limits,
    activation_ridges,
    figure_activations,
    figure_gradients,
    figure_spread,
    gradient_limits,
    gradient_ridges,
    saturated,
    spread_columns,
)
from visualizer.labs.initialisation.signals.run import LayersRun, cost, inside, run, starts_of
from visualizer.labs.kit.charts import csv_text
from visualizer.labs.kit.figure import inks

INK = inks(False)


def finished(settings: InitialisationSettings) -> LayersRun:
    found = list(run(settings))[-1].result
    assert found is not None
    return found


def made(*factors: tuple[float, float]) -> LayersRun:
    """A run of normal, Xavier and He starts with these factors (forward, back)."""
    starts = (Start("normal"), Start("xavier"), Start("he"))[: len(factors)]
    spreads = torch.ones(2, len(factors), 8, 4, dtype=torch.float64)
    forward, backward = (torch.tensor(each, dtype=torch.float64) for each in zip(*factors, strict=True))
    loss = torch.full((2, len(factors), 8), 0.5, dtype=torch.float64)
    parameters = torch.zeros(2, SETTINGS.shape.count)
    return LayersRun(starts, torch.tensor([0, 12]), 12, loss, spreads, spreads, forward, backward, parameters)


def test_the_chosen_start_is_beside_every_kind() -> None:
    kinds = ["normal", "uniform", "xavier", "he", "lecun", "orthogonal", "equal", "zeros"]
    assert [start.kind for start in starts_of(SETTINGS)] == kinds
    assert starts_of(settings_with(scale=0.1))[0] == Start("normal", 0.1)
    assert len(starts_of(settings_with(scale=0.1))) == 9
    assert len(starts_of(settings_with(kind="zeros", scale=5.0))) == 8


def test_the_run_looks_into_all_nets_at_some_epochs() -> None:
    reports = list(run(SETTINGS))
    found = reports[-1].result
    assert found is not None and found.done and not reports[0].result.done
    assert found.epochs.tolist() == list(range(13))
    assert found.activations.shape == found.gradients.shape == (13, 8, 8, 4)
    assert found.parameters.shape == (13, SETTINGS.shape.count)
    again = finished(SETTINGS)
    assert torch.equal(again.activations, found.activations)
    assert cost(SETTINGS).seconds < 1


def test_what_is_inside_is_what_the_spreads_are_of() -> None:
    found = finished(SETTINGS)
    for frame in (0, -1):
        layers = inside(SETTINGS, found, frame % 13)
        spreads = [float(layer.activations.double().std(correction=0)) for layer in layers]
        assert spreads == pytest.approx(found.activations[frame, 0, 0].tolist())


@pytest.mark.parametrize(
    ("factors", "verdict"),
    [((1.0, 0.9), "**yes**"), ((1.0, 0.5), "**no**"), ((1.8, 1.0), "**no**"), ((1.3, 1.3), "**yes**")],
)
def test_sizes_are_kept_within_a_factor_of_2_over_all_layers(factors: tuple[float, float], verdict: str) -> None:
    assert f"With Normal × 1 {verdict}: " in answer(SETTINGS, made(factors, (1.0, 1.0))).words


def test_the_answer_names_the_start_that_keeps_both_best() -> None:
    found = made((0.25, 0.2), (1.0, 0.9), (1.0, 1.2))
    said = answer(SETTINGS, found)
    assert ranked(found) == [1, 2, 0]
    assert "the activations shrinks to 1/4.0; that of the gradients shrinks to 1/5.0 with each layer" in said.words
    assert "and shrinks to 1/25 in all. Of all random starts **Xavier** keeps both best, then He." in said.words
    assert [spaced(figure.value) for figure in said.figures[:2]] == ["× 0.25", "× 0.20"]
    assert "× 2.45 per layer for small signals" in spaced(said.more)
    assert "| He | × 1.00 | × 1.20 | 0.500 |" in spaced(said.more)


@pytest.mark.parametrize(("activation", "best"), [("relu", "He"), ("tanh", "Orthogonal")])
def test_the_best_start_follows_the_activation(activation: str, best: str) -> None:
    settings = settings_with(activation=activation, units=32)
    assert f"Of all random starts **{best}** keeps both best" in answer(settings, finished(settings)).words


@pytest.mark.parametrize("kind", ["zeros", "equal", "normal"])
@pytest.mark.parametrize("hidden_layers", [1, 2])
def test_every_start_is_answered_and_drawn(kind: str, hidden_layers: int) -> None:
    settings = settings_with(kind=kind, hidden_layers=hidden_layers, activation="relu", scale=50.0, learning_rate=5.0)
    found = finished(settings)
    assert answer(settings, found).words
    for frame in range(len(found.epochs)):
        layers = inside(settings, found, frame)
        limits = gradient_limits(found)
        figure_gradients(gradient_ridges(layers, limits), limits, INK)
        limits = activation_limits(found, "relu")
        figure_activations(activation_ridges(layers, "relu", limits), limits, INK)
        figure_spread(found, found.gradients, frame, INK, "sd")


def test_zeros_pass_nothing() -> None:
    settings = settings_with(kind="zeros")
    assert answer(settings, finished(settings)).words.startswith("With **Zeros** nothing passes")


def test_saturation_is_counted_where_an_activation_has_ends() -> None:
    values = torch.tensor([-1.0, -0.94, 0.0, 0.96])
    assert saturated(values, "tanh") == 0.5
    assert saturated(torch.tensor([0.01, 0.5, 0.98, 0.97]), "sigmoid") == 0.5
    assert math.isnan(saturated(values, "relu"))
    settings = settings_with(scale=20.0)
    assert "of the activations of layer" in answer(settings, finished(settings)).more


def test_a_ridge_counts_what_is_within_its_limits() -> None:
    found = ridge("layer 1", torch.tensor([-1.0, 0.0, 0.0, 1.0, 5.0]), (-2.0, 2.0))
    assert float(found.shares.sum()) == pytest.approx(0.8)
    assert float(ridge("", torch.tensor([0.0, 1.0]), (0.0, 2.0), zeros=False).shares.sum()) == pytest.approx(0.5)
    logs = ridge("", torch.tensor([-0.1, 1.0, 0.0, 1e-9]), (1e-2, 1e2), log=True)
    assert logs.shares.nonzero().flatten().tolist() == [BINS // 4, BINS // 2]
    assert edges((1e-2, 1e2), log=True)[[0, 32, 64]].tolist() == pytest.approx([1e-2, 1.0, 1e2])
    assert len(csv_text(ridge_columns([found, found], edges((-2.0, 2.0)))).splitlines()) == 1 + 2 * BINS


def test_the_first_layer_stands_on_top_and_every_one_says_its_spread() -> None:
    layers = inside(SETTINGS, finished(SETTINGS), 0)
    ridges = activation_ridges(layers, "tanh", (-1.0, 1.0))
    figure = figure_activations(ridges, (-1.0, 1.0), INK)
    assert list(figure.layout.yaxis.ticktext) == ["layer 1", "layer 2", "layer 3"]
    assert list(figure.layout.yaxis.tickvals) == [2, 1, 0]
    assert [each.text.split(",")[0] for each in figure.layout.annotations] == [
        f"sd {each.spread:.2g}" for each in ridges
    ]


def test_the_lines_over_depth_have_the_chosen_start_wide_and_one_axis_for_all_frames() -> None:
    found = finished(SETTINGS)
    first, last = (figure_spread(found, found.activations, frame, INK, "sd") for frame in (0, 12))
    assert first.layout.yaxis.range == last.layout.yaxis.range
    widths = {trace.name: trace.line.width for trace in first.data}
    assert [name for name, width in widths.items() if width > 2] == ["Normal × 1"]
    assert "Zeros" not in widths
    assert list(first.data[-1].y) == pytest.approx(found.activations[0, 0].median(dim=0).values.tolist())
    assert len(csv_text(spread_columns(found)).splitlines()) == 1 + 13 * 8 * 8 * 4
