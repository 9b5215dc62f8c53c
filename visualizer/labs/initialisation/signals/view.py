"""The view "Signals through the layers" on the page."""

from __future__ import annotations

from functools import cache, partial

import streamlit as st

from visualizer.engine.measures.evaluation import LayerStatistics
from visualizer.labs.initialisation.ridges import Ridge, edges, ridge_columns
from visualizer.labs.initialisation.settings import InitialisationSettings
from visualizer.labs.initialisation.signals import run as layers_
from visualizer.labs.initialisation.signals.answer import answer
from visualizer.labs.initialisation.signals.figures import (
    activation_limits,
    activation_ridges,
    figure_activations,
    figure_gradients,
    figure_spread,
    gradient_limits,
    gradient_ridges,
    spread_columns,
)
from visualizer.labs.initialisation.signals.run import LayersRun
from visualizer.labs.initialisation.text import start_name
from visualizer.labs.kit.charts import Chart, Charts, page_inks
from visualizer.labs.kit.lab import Experiment


def charts(settings: InitialisationSettings, found: LayersRun) -> Charts:
    """The histograms of one net at an epoch, and below them the spread over depth of all starts then."""
    frame = _draw_epoch(found)
    yield from _histograms(settings, found, frame)
    yield from _spreads(found, frame)


def _draw_epoch(found: LayersRun) -> int:
    """The frame to look at: chosen once all are there, and the newest before."""
    epochs = found.epochs.tolist()
    if not found.done or len(epochs) == 1:
        return len(epochs) - 1
    epoch = st.select_slider(
        "Look into the nets at epoch",
        epochs,
        value=epochs[0],
        key=f"init_epoch_{len(epochs)}_{epochs[-1]}",
    )
    return epochs.index(epoch)


def _histograms(settings: InitialisationSettings, found: LayersRun, frame: int) -> Charts:
    ink, name = page_inks(), start_name(found.starts[0])
    activation_range, gradient_range = activation_limits(found, settings.activation), gradient_limits(found)

    @cache
    def layers() -> list[LayerStatistics]:
        return layers_.inside(settings, found, frame)

    def activations() -> tuple[Ridge, ...]:
        return activation_ridges(layers(), settings.activation, activation_range)

    def gradients() -> tuple[Ridge, ...]:
        return gradient_ridges(layers(), gradient_range)

    yield Chart(
        lambda: figure_activations(activations(), activation_range, ink),
        "init_activations",
        alt=f"Histograms of the activations in each hidden layer of a net that starts from {name}",
        csv=lambda: ridge_columns(activations(), edges(activation_range)),
        chosen=frame,
    )
    yield Chart(
        lambda: figure_gradients(gradients(), gradient_range, ink),
        "init_gradients",
        alt=f"Histograms of the gradients in each layer of a net that starts from {name}",
        csv=lambda: ridge_columns(gradients(), edges(gradient_range, log=True)),
        chosen=frame,
    )


def _spreads(found: LayersRun, frame: int) -> Charts:
    ink = page_inks()
    yield Chart(
        partial(figure_spread, found, found.activations, frame, ink, "sd of activations"),
        "init_activation_spread",
        alt="The standard deviation of the activations over the layers, a line for each start",
        csv=partial(spread_columns, found),
        chosen=frame,
    )
    yield Chart(
        partial(figure_spread, found, found.gradients, frame, ink, "sd of gradients"),
        "init_gradient_spread",
        alt="The standard deviation of the gradients over the layers, a line for each start",
        csv=partial(spread_columns, found),
        chosen=frame,
    )


LAYERS = Experiment("initialisation_layers", layers_.run, layers_.cost, charts, answer)
