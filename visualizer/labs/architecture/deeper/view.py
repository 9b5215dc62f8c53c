"""The view "Deeper" on the page."""

from __future__ import annotations

import math
from functools import partial

import plotly.graph_objects as go
import torch
from torch import Tensor

from visualizer.engine.statistics.range_edge import FIRST, edge_of
from visualizer.engine.statistics.zones import median
from visualizer.labs.architecture.deeper import run as deeper
from visualizer.labs.architecture.deeper.answer import answer, best_depth
from visualizer.labs.architecture.deeper.run import Depths
from visualizer.labs.architecture.error_axis import ErrorAxis, error_axis, loss_axis, spread
from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.architecture.text import LOSS_TITLE
from visualizer.labs.architecture.wider.view import HEIGHT
from visualizer.labs.kit.charts import Chart, Charts, Columns, page_inks
from visualizer.labs.kit.choices import sizes_text
from visualizer.labs.kit.figure import Axis, Inks, add_band, add_line, add_star, new_figure
from visualizer.labs.kit.lab import Experiment
from visualizer.text.words import counted


def charts(settings: ArchitectureSettings, found: Depths) -> Charts:
    """The test error over the depth, and beside it the losses."""
    ink, whole = page_inks(), found.shapes == found.planned
    yield Chart(
        lambda: figure_depth_errors(settings, found, best_depth(found) if whole else None, ink),
        "arch_deeper_errors",
        alt="The test error over the number of hidden layers, at about as many parameters",
        csv=partial(columns_of_depths, found),
    )
    yield Chart(
        partial(figure_depth_losses, settings, found, ink),
        "arch_deeper_losses",
        alt="The squared error on training and test points over the number of hidden layers",
        csv=partial(columns_of_depths, found),
    )


DEEPER = Experiment("architecture_deeper", deeper.run, deeper.cost, charts, answer)


_PARTS = ("training", "test")


def figure_depth_errors(settings: ArchitectureSettings, found: Depths, best: int | None, ink: Inks) -> go.Figure:
    """Every net's test error over the depth as a dot, with the median as a line.

    The place `best` is marked, unless it is the last: a deeper net may be better.
    """
    axis = error_axis(settings, found.errors)
    figure = new_figure(ink, _depth_axis(found), axis.axis, height=HEIGHT)
    low, high = spread(axis.drawn(found.errors))
    add_band(figure, found.depths, low, high.clamp_max(axis.high), ink)
    _add_nets(figure, found, axis, ink)
    errors = median(found.errors)
    texts = [f"{_sizes(place, found)}: {said}" for place, said in enumerate(axis.texts(errors))]
    add_line(figure, found.depths, axis.drawn(errors), "median", ink, hover="median<br>%{text}", text=texts)
    if best is not None and edge_of(best, len(errors)) in (None, FIRST) and math.isfinite(float(errors[best])):
        depth, error = found.depths[best], float(axis.drawn(errors)[best])
        add_star(figure, depth, error, "best depth", ink, hover=f"best: {counted(depth, 'hidden layer')}")
    return _ticked(axis.mark(figure), found)


def figure_depth_losses(settings: ArchitectureSettings, found: Depths, ink: Inks) -> go.Figure:
    """The median squared errors over the depth, with the nets' spread, on the training and on the test points."""
    both = torch.stack([found.train_losses, found.test_losses])
    axis = loss_axis(LOSS_TITLE, both, settings)
    figure = new_figure(ink, _depth_axis(found), axis, height=HEIGHT)
    bottom, top = axis.limits or (0.0, math.inf)
    for index, losses in enumerate(both):
        low, high = spread(losses.clamp_min(bottom))
        add_band(figure, found.depths, low, high.clamp_max(top), ink, index)
    for index, name in enumerate(_PARTS):
        add_line(figure, found.depths, median(both[index]).clamp_min(bottom), name, ink, index)
    return _ticked(figure, found)


def columns_of_depths(found: Depths) -> Columns:
    """Every net, a row for each depth and net."""
    depths, nets = found.errors.shape
    return {
        "hidden layers": torch.tensor(found.depths).repeat_interleave(nets),
        "units": [sizes_text(shape.sizes) for shape in found.shapes for _ in range(nets)],
        "parameters": torch.tensor([shape.count for shape in found.shapes]).repeat_interleave(nets),
        "net": torch.arange(nets).repeat(depths),
        "test error": found.errors.reshape(-1),
        "training loss": found.train_losses.reshape(-1),
        "test loss": found.test_losses.reshape(-1),
    }


def _sizes(place: int, found: Depths) -> str:
    return f"{counted(place + 1, 'hidden layer')}, {sizes_text(found.shapes[place].sizes)}"


def _add_nets(figure: go.Figure, found: Depths, axis: ErrorAxis, ink: Inks) -> None:
    nets = found.errors.shape[1]
    errors: Tensor = found.errors.reshape(-1)
    inside = errors.isfinite() & (errors <= axis.high)
    places = inside.nonzero().flatten().tolist()
    texts = axis.texts(errors)
    figure.add_trace(
        go.Scatter(
            x=[found.depths[place // nets] for place in places],
            y=axis.drawn(errors)[inside].tolist(),
            mode="markers",
            marker={"color": ink.muted, "size": 6, "opacity": 0.8},
            name="each net",
            text=[f"net {place % nets}: {texts[place]}" for place in places],
            hovertemplate="%{text}<extra></extra>",
        )
    )


def _depth_axis(found: Depths) -> Axis:
    return Axis("hidden layers", limits=(0.7, len(found.planned) + 0.3))


def _ticked(figure: go.Figure, found: Depths) -> go.Figure:
    figure.update_xaxes(tickvals=list(range(1, len(found.planned) + 1)))
    return figure
