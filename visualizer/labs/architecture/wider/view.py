"""The view "Wider" on the page."""

from __future__ import annotations

import math
from functools import partial

import plotly.graph_objects as go
import torch
from torch import Tensor

from visualizer.engine.statistics.zones import median
from visualizer.labs.architecture.error_axis import ErrorAxis, error_axis, loss_axis, spread
from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.architecture.text import LOSS_TITLE
from visualizer.labs.architecture.wider import run as wider
from visualizer.labs.architecture.wider.answer import answer
from visualizer.labs.architecture.wider.reading import Reading, read
from visualizer.labs.architecture.wider.run import LEARNED, WAYS, Widths
from visualizer.labs.kit.charts import Chart, Charts, Columns, page_inks
from visualizer.labs.kit.figure import Axis, Inks, add_band, add_line, add_star, new_figure
from visualizer.labs.kit.lab import Experiment
from visualizer.text.numbers import times
from visualizer.text.words import counted


def charts(settings: ArchitectureSettings, found: Widths) -> Charts:
    """The test error over the width, and beside it the training loss."""
    ink, whole = page_inks(), found.widths == found.planned
    yield Chart(
        lambda: figure_errors(settings, found, read(found) if whole else None, ink),
        "arch_wider_errors",
        alt="The test error over the width, for learned features and for random ones",
        csv=partial(columns_of_widths, found),
    )
    yield Chart(
        partial(figure_losses, settings, found, ink),
        "arch_wider_losses",
        alt="The squared error on the training points over the width",
        csv=partial(columns_of_widths, found),
    )


WIDER = Experiment("architecture_wider", wider.run, wider.cost, charts, answer)


HEIGHT = 360
_EDGE = 1.25
"""How much room there is left and right of the widths, as a factor."""


def figure_errors(settings: ArchitectureSettings, found: Widths, reading: Reading | None, ink: Inks) -> go.Figure:
    """The median test error over the width, with the nets' spread, a line for each way.

    With a reading, what it says is marked: the width that is enough, and how many random features do as well.
    """
    axis = error_axis(settings, found.errors)
    figure = new_figure(ink, _width_axis(found), axis.axis, height=HEIGHT)
    for way in range(len(WAYS)):
        low, high = (axis.drawn(each) for each in spread(found.errors[way]))
        add_band(figure, found.widths, low, _held(high, axis.high), ink, way)
    for way, name in enumerate(WAYS):
        errors = median(found.errors[way])
        texts = [
            f"{counted(width, 'unit')}: {said}" for width, said in zip(found.widths, axis.texts(errors), strict=True)
        ]
        add_line(figure, found.widths, axis.drawn(errors), name, ink, way, hover=f"{name}<br>%{{text}}", text=texts)
    if reading:
        _mark_reading(figure, found, reading, axis, ink)
    _mark_points(figure, settings, found, ink)
    return _ticked(axis.mark(figure), found)


def figure_losses(settings: ArchitectureSettings, found: Widths, ink: Inks) -> go.Figure:
    """The median squared error on the training points over the width, with the nets' spread."""
    axis = loss_axis(f"{LOSS_TITLE}, training", found.losses, settings)
    figure = new_figure(ink, _width_axis(found), axis, height=HEIGHT)
    bottom, top = axis.limits or (0.0, math.inf)
    for way in range(len(WAYS)):
        low, high = (each.clamp_min(bottom) for each in spread(found.losses[way]))
        add_band(figure, found.widths, low, _held(high, top), ink, way)
    for way, name in enumerate(WAYS):
        add_line(figure, found.widths, median(found.losses[way]).clamp_min(bottom), name, ink, way)
    _mark_points(figure, settings, found, ink)
    return _ticked(figure, found)


def columns_of_widths(found: Widths) -> Columns:
    """Every net, a row for each way, width and net."""
    ways, widths, nets = found.errors.shape
    return {
        "way": [name for name in WAYS for _ in range(widths * nets)],
        "width": torch.tensor(found.widths).repeat_interleave(nets).repeat(ways),
        "net": torch.arange(nets).repeat(ways * widths),
        "test error": found.errors.reshape(-1),
        "training loss": found.losses.reshape(-1),
    }


def _mark_reading(figure: go.Figure, found: Widths, reading: Reading, axis: ErrorAxis, ink: Inks) -> None:
    width = found.widths[reading.enough]
    error = float(axis.drawn(median(found.errors[LEARNED, reading.enough])))
    if not math.isfinite(error):
        return
    if reading.match is not None and reading.match != reading.enough:
        _mark_match(figure, found, (reading.enough, reading.match), error, ink)
    if not reading.edge:
        add_star(figure, width, error, "wide enough", ink, hover=f"wide enough: {counted(width, 'unit')}")


def _mark_match(figure: go.Figure, found: Widths, places: tuple[int, int], error: float, ink: Inks) -> None:
    """From the width that is enough to that of as good random features: how many times as many they are.

    It is written below, where no wider net is, half way from the first width to the next, where no line has a point.
    """
    width, matching = (found.widths[place] for place in places)
    beside = found.widths[places[0] + (1 if matching > width else -1)]
    line = {"color": ink.text, "width": 1.5, "dash": "dot"}
    figure.add_shape(type="line", x0=width, x1=matching, y0=error, y1=error, line=line)
    figure.add_annotation(
        x=math.log10(width * beside) / 2,
        y=math.log10(error),
        text=f"× {times(matching / width)}",
        showarrow=False,
        yanchor="top",
        yshift=-4,
        font={"color": ink.text},
    )


def _mark_points(figure: go.Figure, settings: ArchitectureSettings, found: Widths, ink: Inks) -> None:
    """Where there are as many features as training points: least squares can fit anything from there on."""
    points = len(settings.data.train_x)
    if points > found.planned[-1]:
        return
    figure.add_shape(
        type="line",
        x0=points,
        x1=points,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": ink.muted, "width": 1, "dash": "dash"},
    )
    figure.add_annotation(
        x=math.log10(points),
        y=1,
        yref="paper",
        yanchor="top",
        yshift=-6,
        xanchor="right",
        text=f"{points} training points",
        showarrow=False,
        font={"color": ink.muted},
    )


def _width_axis(found: Widths) -> Axis:
    return Axis("units in the hidden layer", log=True, limits=(1 / _EDGE, found.planned[-1] * _EDGE))


def _ticked(figure: go.Figure, found: Widths) -> go.Figure:
    """The widths themselves as ticks; those of the last two that would overlap, once."""
    widths = [width for width in found.planned[:-1] if found.planned[-1] / width > 1.5]
    shown = [*widths, found.planned[-1]]
    figure.update_xaxes(tickvals=shown, ticktext=[str(width) for width in shown])
    return figure


def _held(values: Tensor, high: float) -> Tensor:
    return values.clamp_max(high)
