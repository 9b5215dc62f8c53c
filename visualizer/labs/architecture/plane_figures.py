"""What a net of two inputs gives over their plane."""

from __future__ import annotations

import plotly.graph_objects as go
import torch
from torch import Tensor

from visualizer.engine.measures.evaluation import outputs
from visualizer.labs.architecture.features.run import FeatureRun
from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.kit.charts import Columns
from visualizer.labs.kit.figure import NAMED, Axis, Inks, new_figure, numbers, plain

HEIGHT = 320
_GRID = 60
_MARGIN = 0.08
"""How far a map reaches beyond the points, as a share of their range."""
_SYMBOLS = ("diamond", "circle", "square", "triangle-up", "x", "cross")


def figure_map(settings: ArchitectureSettings, found: FeatureRun, flat: Tensor, name: str, ink: Inks) -> go.Figure:
    """What a net of two inputs gives over their plane, with the training points, and the border between classes."""
    x1, x2 = plane_axes(settings)
    first, second = (plain(title) for title in settings.chosen.inputs)
    figure = titled_figure(Axis(first, limits=_ends(x1)), Axis(second, limits=_ends(x2)), name, ink)
    z = _over_plane(settings, found, flat)
    if z.shape[-1] > 1:
        _add_regions(figure, settings, x1, x2, z.argmax(dim=-1), ink)
    else:
        _add_heights(figure, settings, x1, x2, z[..., 0], ink)
    _add_points(figure, settings, ink)
    return figure


def columns_of_map(settings: ArchitectureSettings, found: FeatureRun, flat: Tensor) -> Columns:
    """The outputs at every point of the map."""
    x1, x2 = plane_axes(settings)
    z = _over_plane(settings, found, flat)
    columns: dict[str, Tensor] = {"x1": x1.repeat(len(x2)), "x2": x2.repeat_interleave(len(x1))}
    return columns | {f"output {place + 1}": z[..., place].reshape(-1) for place in range(z.shape[-1])}


def plane_axes(settings: ArchitectureSettings, count: int = _GRID) -> tuple[Tensor, Tensor]:
    """The places along each of two inputs at which a map is computed."""
    x = torch.cat([settings.data.train_x, settings.data.test_x])
    low, high = x.min(dim=0).values, x.max(dim=0).values
    room = _MARGIN * (high - low).clamp_min(1e-9)
    first, second = (
        torch.linspace(float(low[at] - room[at]), float(high[at] + room[at]), count, dtype=torch.float64)
        for at in (0, 1)
    )
    return first, second


def plane_points(x1: Tensor, x2: Tensor) -> Tensor:
    """The points of a map, row by row: (rows · columns, 2)."""
    return torch.stack([x1.repeat(len(x2)), x2.repeat_interleave(len(x1))], dim=1)


def titled_figure(x: Axis, y: Axis, name: str, ink: Inks) -> go.Figure:
    """A figure with its name above its axes, at the left."""
    figure = new_figure(ink, x, y, height=HEIGHT, legend=False)
    figure.update_layout(margin_t=NAMED)
    figure.add_annotation(
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        text=f"<b>{name}</b>",
        font={"color": ink.text, "size": 14},
    )
    return figure


def _over_plane(settings: ArchitectureSettings, found: FeatureRun, flat: Tensor) -> Tensor:
    """(rows, columns, outputs)."""
    x1, x2 = plane_axes(settings)
    return outputs(flat.double(), found.shape, plane_points(x1, x2))[0].view(len(x2), len(x1), -1)


def _add_heights(
    figure: go.Figure, settings: ArchitectureSettings, x1: Tensor, x2: Tensor, z: Tensor, ink: Inks
) -> None:
    top = 1.0 if settings.classes else float(settings.data.train_y.abs().max()) or 1.0
    rows = [[round(value, 3) for value in row] for row in z.nan_to_num(0).clamp(-9 * top, 9 * top).tolist()]
    figure.add_trace(
        go.Heatmap(
            x=x1.tolist(),
            y=x2.tolist(),
            z=rows,
            zmin=-top,
            zmax=top,
            zsmooth="best",
            colorscale=[[0, ink.minus], [0.5, ink.ground], [1, ink.plus]],
            showscale=False,
            opacity=0.75,
            hovertemplate="%{x:.2f}, %{y:.2f}<br>output %{z:.3g}<extra></extra>",
        )
    )
    if settings.classes:
        figure.add_trace(
            go.Contour(
                x=x1.tolist(),
                y=x2.tolist(),
                z=rows,
                contours={"coloring": "none", "start": 0, "end": 0, "size": 1},
                line={"color": ink.text, "width": 1.6},
                showscale=False,
                hoverinfo="skip",
            )
        )


def _add_regions(
    figure: go.Figure, settings: ArchitectureSettings, x1: Tensor, x2: Tensor, chosen: Tensor, ink: Inks
) -> None:
    """The class that is given at each point; steps of one colour each."""
    count = len(settings.chosen.classes)
    colours = [ink.series[place % len(ink.series)] for place in range(count)]
    scale = [[edge / count, colour] for place, colour in enumerate(colours) for edge in (place, place + 1)]
    names = [[plain(settings.chosen.classes[place]) for place in row] for row in chosen.tolist()]
    figure.add_trace(
        go.Heatmap(
            x=x1.tolist(),
            y=x2.tolist(),
            z=chosen.tolist(),
            text=names,
            zmin=-0.5,
            zmax=count - 0.5,
            colorscale=scale,
            showscale=False,
            opacity=0.35,
            hovertemplate="%{x:.2f}, %{y:.2f}<br>class %{text}<extra></extra>",
        )
    )


def _add_points(figure: go.Figure, settings: ArchitectureSettings, ink: Inks) -> None:
    data = settings.data
    marker: dict[str, object] = {"size": 5, "line": {"width": 0.6, "color": ink.text}}
    if settings.classes:
        labels = (data.train_y[:, 0] > 0).long() if data.outputs == 1 else data.train_y.argmax(dim=1)
        colours = (ink.minus, ink.plus) if data.outputs == 1 else ink.series
        marker["color"] = [colours[label % len(colours)] for label in labels.tolist()]
        marker["symbol"] = [_SYMBOLS[label % len(_SYMBOLS)] for label in labels.tolist()]
        texts = [plain(settings.chosen.classes[label]) for label in labels.tolist()]
    else:
        top = float(data.train_y.abs().max()) or 1.0
        scale = [[0, ink.minus], [0.5, ink.ground], [1, ink.plus]]
        marker |= {"color": numbers(data.train_y[:, 0]), "cmin": -top, "cmax": top, "colorscale": scale}
        texts = [f"{value:.3g}" for value in data.train_y[:, 0].tolist()]
    figure.add_trace(
        go.Scatter(
            x=numbers(data.train_x[:, 0]),
            y=numbers(data.train_x[:, 1]),
            mode="markers",
            marker=marker,
            text=texts,
            hovertemplate="training point %{x:.2f}, %{y:.2f}<br>%{text}<extra></extra>",
        )
    )


def _ends(axis: Tensor) -> tuple[float, float]:
    return float(axis[0]), float(axis[-1])
