"""What hidden units see, a tile each, and what they explain together."""

from __future__ import annotations

import math

import plotly.graph_objects as go
import torch
from torch import Tensor

from visualizer.engine.experiments.random_features import hidden_features
from visualizer.labs.architecture.features.run import FeatureRun
from visualizer.labs.architecture.plane_figures import HEIGHT, plane_axes, plane_points, titled_figure
from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.kit.charts import Columns
from visualizer.labs.kit.figure import Axis, Inks, add_line, new_figure, percent_ticks, plain
from visualizer.text.numbers import percent

MAX_TILES = 16
_TILE = 20
"""Points along each side of a tile of the plane."""
_PICTURE = (8, 8)
"""Rows and columns of a digit."""


def tiles_of(settings: ArchitectureSettings, found: FeatureRun, flat: Tensor) -> Tensor:
    """What each unit sees, (units, rows, columns), from −1 to 1 as shares of its own largest: what it gives over the
    plane of two inputs, its weights as an image for digits, else its weights in a row."""
    if settings.data.inputs == 2:
        x1, x2 = plane_axes(settings, _TILE)
        values = hidden_features(flat.double(), found.shape, plane_points(x1, x2))[0].view(-1, _TILE, _TILE)
    else:
        weights = found.shape.weights(flat.double())[0][0]
        values = weights.view(-1, *_PICTURE).flip(1) if settings.chosen.choice.data == "digits" else weights[:, None]
    values = values.nan_to_num(0, 0, 0)
    return values / values.abs().amax(dim=(1, 2), keepdim=True).clamp_min(1e-12)


def figure_tiles(tiles: Tensor, shown: list[int], name: str, inputs: tuple[str, ...], ink: Inks) -> go.Figure:
    """The tiles of the units `shown`, from the upper left on; rows of weights one below the other, by their inputs."""
    single = tiles.shape[1] == 1
    across = 1 if single else math.ceil(math.sqrt(len(shown)))
    z, units = _mosaic(tiles, shown, across)
    figure = titled_figure(Axis(""), Axis(""), name, ink)
    figure.add_trace(
        go.Heatmap(
            z=z,
            text=units,
            zmin=-1,
            zmax=1,
            colorscale=[[0, ink.minus], [0.5, ink.ground], [1, ink.plus]],
            showscale=False,
            hovertemplate="unit %{text}<br>%{z:.2f} of its largest<extra></extra>",
        )
    )
    figure.update_yaxes(visible=False, autorange="reversed")
    if single:
        names = [plain(each) for each in inputs]
        figure.update_xaxes(tickvals=list(range(len(names))), ticktext=names, showgrid=False)
    else:
        figure.update_xaxes(visible=False)
    return figure


def figure_explained(found: FeatureRun, ink: Inks) -> go.Figure:
    """How much of the answers' variance so many units explain together, the most useful first."""
    count = len(next(iter(found.selections.values())).order)
    limits = (0, 1.02)
    figure = new_figure(
        ink,
        Axis("features, best first", limits=(0, count * 1.02)),
        Axis("variance explained", limits=limits),
        height=HEIGHT,
    )
    percent_ticks(figure)
    for index, (name, selection) in zip((0, 2), found.selections.items(), strict=True):
        shares = [0.0, *selection.explained.tolist()]
        hover = f"{name}<br>%{{x}} together explain %{{customdata}}"
        said = [percent(share, 1) for share in shares]
        add_line(figure, list(range(count + 1)), shares, name, ink, index, hover=hover, customdata=said)
    return figure


def columns_of_explained(found: FeatureRun) -> Columns:
    """The units in the order of their use, and what they explain together."""
    names = list(found.selections)
    orders = [selection.order for selection in found.selections.values()]
    return {
        "kind": [name for name, order in zip(names, orders, strict=True) for _ in order],
        "features": torch.cat([torch.arange(1, len(order) + 1) for order in orders]),
        "unit added": torch.cat(orders),
        "variance explained": torch.cat([selection.explained for selection in found.selections.values()]),
    }


def columns_of_tiles(tiles: Tensor, shown: list[int]) -> Columns:
    """Every number of the tiles shown."""
    units, (_, rows, columns) = len(shown), tiles.shape
    return {
        "unit": torch.tensor(shown).repeat_interleave(rows * columns),
        "row": torch.arange(rows).repeat_interleave(columns).repeat(units),
        "column": torch.arange(columns).repeat(units * rows),
        "share of its largest": tiles[shown].reshape(-1),
    }


def _mosaic(tiles: Tensor, shown: list[int], across: int) -> tuple[list[list[float | None]], list[list[str]]]:
    """The tiles side by side with a gap between, first row on top, and the unit of every point."""
    _, rows, columns = tiles.shape
    down = math.ceil(len(shown) / across)
    z = torch.full((down * (rows + 1) - 1, across * (columns + 1) - 1), math.nan, dtype=torch.float64)
    owner = torch.full(z.shape, -1)
    for place, unit in enumerate(shown):
        top, left = place // across * (rows + 1), place % across * (columns + 1)
        z[top : top + rows, left : left + columns] = tiles[unit].flip(0)
        owner[top : top + rows, left : left + columns] = unit
    numbers = [[None if math.isnan(value) else round(value, 3) for value in row] for row in z.tolist()]
    return numbers, [[str(unit) for unit in row] for row in owner.tolist()]
