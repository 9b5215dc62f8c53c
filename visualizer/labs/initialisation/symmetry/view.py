"""The view "Symmetry" on the page."""

from __future__ import annotations

from functools import partial
from typing import Any

import plotly.graph_objects as go
import torch
from torch import Tensor

from visualizer.engine.measures.unit_distance import SAME
from visualizer.labs.initialisation.settings import InitialisationSettings
from visualizer.labs.initialisation.styles import series_place, start_style
from visualizer.labs.initialisation.symmetry import run as symmetry
from visualizer.labs.initialisation.symmetry.answer import answer
from visualizer.labs.initialisation.symmetry.run import SymmetryRun
from visualizer.labs.initialisation.text import start_name
from visualizer.labs.kit.charts import Chart, Charts, Columns, page_inks
from visualizer.labs.kit.figure import Axis, Inks, add_band, add_line, new_figure, numbers
from visualizer.labs.kit.lab import Experiment


def charts(settings: InitialisationSettings, found: SymmetryRun) -> Charts:
    """The distance between units, and beside it where those of layer 1 go."""
    ink = page_inks()
    second = "weight of input 2" if settings.data.inputs > 1 else "bias"
    yield Chart(
        partial(figure_distance, found, ink),
        "init_distance",
        alt="The distance between two units of a layer over the epochs, a line for each start",
        csv=partial(distance_columns, found),
    )
    yield Chart(
        partial(figure_units, found, ("layer 1: weight of input 1", f"layer 1: {second}"), ink),
        "init_units_ways",
        alt="The ways of the units of layer 1 in the plane of two of their numbers",
        csv=partial(unit_columns, found),
    )


SYMMETRY = Experiment("initialisation_symmetry", symmetry.run, symmetry.cost, charts, answer)


HEIGHT = 380


def figure_distance(found: SymmetryRun, ink: Inks) -> go.Figure:
    """The distance between two units over the epochs, a line for each start, with the spread over the nets."""
    known = found.distances[found.distances.isfinite()]
    top = 1.08 * float(known.max()) if len(known) and float(known.max()) > SAME else 1.0
    epochs = Axis("epoch", limits=(0, found.whole))
    figure = new_figure(
        ink, epochs, Axis("distance between two units of a layer", limits=(-0.03 * top, top)), height=HEIGHT
    )
    for index, start in enumerate(found.starts):
        ordered, place = found.distances[:, index].sort(dim=1).values, series_place(start)
        if place is not None:
            add_band(figure, found.epochs, ordered[:, 0], ordered[:, -1], ink, place)
    for index, start in enumerate(found.starts):
        name = start_name(start)
        add_line(
            figure,
            found.epochs,
            found.distances[:, index].nanmedian(dim=1).values,
            name,
            ink,
            index,
            mode="lines",
            **start_style(start, ink, wide=index == 0),
            hover=f"{name}<br>epoch %{{x}}<br>distance %{{y:.3g}}",
        )
    return figure


def figure_units(found: SymmetryRun, names: tuple[str, str], ink: Inks) -> go.Figure:
    """The ways that the units of layer 1 take in the plane of two of their numbers, a mark at each end.

    One net for each start; units that are copies of each other lie on one another. `names` are those of the numbers.
    """
    figure = new_figure(ink, Axis(names[0]), Axis(names[1]), height=HEIGHT)
    for index, start in reversed(list(enumerate(found.starts))):
        ways = found.units[:, index, :, :2]
        style, name = start_style(start, ink), start_name(start)
        common = {"legendgroup": name, "name": name, "legendrank": index}
        xs, ys = _joined(ways[:, :, 0]), _joined(ways[:, :, 1])
        figure.add_trace(
            go.Scatter(
                x=xs, y=ys, mode="lines", line=style["line"] | {"dash": "solid"}, hoverinfo="skip", showlegend=False,
                **common,
            )
        )  # fmt: skip
        _add_ends(figure, ways[-1], style["marker"], names, common, ink)
    return figure


def distance_columns(found: SymmetryRun) -> Columns:
    """Every net's distance and loss, a row for each epoch, start and net."""
    frames, starts, nets = found.distances.shape
    return {
        "epoch": found.epochs.repeat_interleave(starts * nets),
        "start": [start_name(start) for start in found.starts for _ in range(nets)] * frames,
        "net": torch.arange(nets).repeat(frames * starts),
        "distance": found.distances.flatten(),
        "loss": found.loss.flatten(),
    }


def unit_columns(found: SymmetryRun) -> Columns:
    """Layer 1 of each start's first net, a row for each epoch, start and unit; the bias is the last number."""
    frames, starts, units, sums = found.units.shape
    table: dict[str, Tensor | list[str]] = {
        "epoch": found.epochs.repeat_interleave(starts * units),
        "start": [start_name(start) for start in found.starts for _ in range(units)] * frames,
        "unit": torch.arange(1, units + 1).repeat(frames * starts),
    }
    weights = {f"weight {at + 1}": found.units[..., at].flatten() for at in range(sums - 1)}
    return {**table, **weights, "bias": found.units[..., -1].flatten()}


def _add_ends(
    figure: go.Figure, ends: Tensor, marker: dict[str, Any], names: tuple[str, str], common: dict[str, Any], ink: Inks
) -> None:
    """A mark for each unit (units, 2); one that stands for all says so."""
    figure.add_trace(
        go.Scatter(
            x=numbers(ends[:, 0]),
            y=numbers(ends[:, 1]),
            mode="markers",
            marker=marker | {"size": 9},
            text=[f"unit {unit + 1}" for unit in range(len(ends))],
            hovertemplate=f"{common['name']}, %{{text}}<br>{names[0]} %{{x:.3g}}<br>{names[1]} %{{y:.3g}}"
            "<extra></extra>",
            **common,
        )
    )
    if bool((ends - ends[0]).abs().max() <= SAME):
        x, y = ends[0].tolist()
        figure.add_annotation(
            x=x,
            y=y,
            text=f"{common['name']}: {len(ends)} units",
            ax=50,
            ay=-34 if common["legendrank"] else 40,
            arrowcolor=marker["color"],
            font={"color": ink.text},
            bgcolor=ink.pale(ink.ground, 0.85),
        )


def _joined(ways: Tensor) -> list[float | None]:
    """The ways (F, units) as one line with gaps between them."""
    found: list[float | None] = []
    for unit in range(ways.shape[1]):
        found += [*numbers(ways[:, unit]), None]
    return found
