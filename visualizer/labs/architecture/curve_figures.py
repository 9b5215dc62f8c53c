"""What a net of one input gives along it, and what each of its units gives."""

from __future__ import annotations

import plotly.graph_objects as go
import torch
from torch import Tensor

from visualizer.engine.experiments.random_features import hidden_features
from visualizer.engine.measures.evaluation import outputs
from visualizer.labs.architecture.features.run import FeatureRun
from visualizer.labs.architecture.plane_figures import HEIGHT, titled_figure
from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.architecture.wider.run import WAYS
from visualizer.labs.kit.charts import Columns
from visualizer.labs.kit.figure import Axis, Inks, add_line, new_figure, numbers, plain

_POINTS = 200
_BEYOND = 0.35
"""How far the axis of the output reaches beyond the training points, as a share of their range."""


def figure_curves(settings: ArchitectureSettings, found: FeatureRun, ink: Inks) -> go.Figure:
    """What a net of one input and one output gives in each way, with the training points."""
    data, x = settings.data, _places(settings)
    low, high = float(data.train_y.min()), float(data.train_y.max())
    room = _BEYOND * (high - low or 1.0)
    axis = Axis(plain(settings.chosen.inputs[0]), limits=_ends(x))
    figure = new_figure(ink, axis, Axis("output", limits=(low - room, high + room)), height=HEIGHT)
    if settings.chosen.function:
        line = {"color": ink.muted, "width": 5}
        truth = settings.chosen.function(x[:, None])
        add_line(figure, x, truth, "without noise", ink, mode="lines", line=line, opacity=0.5)
    figure.add_trace(
        go.Scatter(
            x=numbers(data.train_x[:, 0]),
            y=numbers(data.train_y[:, 0]),
            mode="markers",
            marker={"color": ink.muted, "size": 5},
            name="training points",
            hovertemplate="%{x:.3g}, %{y:.3g}<extra></extra>",
        )
    )
    for way, (name, flat) in enumerate(zip(WAYS, found.ways, strict=True)):
        if flat is not None:
            z = outputs(flat.double(), found.shape, x[:, None])[0, :, 0]
            add_line(figure, x, z, name, ink, way, mode="lines")
    return figure


def columns_of_curves(settings: ArchitectureSettings, found: FeatureRun) -> Columns:
    """The outputs in each way."""
    x = _places(settings)
    ways = {
        name: outputs(flat.double(), found.shape, x[:, None])[0, :, 0]
        for name, flat in zip(WAYS, found.ways, strict=True)
        if flat is not None
    }
    return {"x": x} | ways


def figure_unit_curves(
    settings: ArchitectureSettings, found: FeatureRun, flat: Tensor, shown: list[int], name: str, ink: Inks
) -> go.Figure:
    """What each of the units `shown` gives along the one input."""
    x = _places(settings)
    values = _unit_curves(settings, found, flat)
    figure = titled_figure(Axis(plain(settings.chosen.inputs[0]), limits=_ends(x)), Axis("activation"), name, ink)
    for place, unit in enumerate(shown):
        said = f"unit {unit}<br>%{{x:.3g}}, %{{y:.3g}}"
        add_line(figure, x, values[unit], f"unit {unit}", ink, place, hover=said, mode="lines", opacity=0.8)
    return figure


def columns_of_unit_curves(settings: ArchitectureSettings, found: FeatureRun, flat: Tensor) -> Columns:
    """Every unit along the one input."""
    values = _unit_curves(settings, found, flat)
    return {"x": _places(settings)} | {f"unit {unit}": each for unit, each in enumerate(values)}


def _unit_curves(settings: ArchitectureSettings, found: FeatureRun, flat: Tensor) -> Tensor:
    """(units, places)."""
    return hidden_features(flat.double(), found.shape, _places(settings)[:, None])[0]


def _places(settings: ArchitectureSettings) -> Tensor:
    """The places along the one input at which curves are computed."""
    x = torch.cat([settings.data.train_x, settings.data.test_x])
    return torch.linspace(float(x.min()), float(x.max()), _POINTS, dtype=torch.float64)


def _ends(axis: Tensor) -> tuple[float, float]:
    return float(axis[0]), float(axis[-1])
