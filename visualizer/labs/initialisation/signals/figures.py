"""The figures of what passes through the layers: histograms of one net, and the spread over depth of all starts."""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go
import torch
from torch import Tensor

from visualizer.engine.measures.evaluation import LayerStatistics
from visualizer.labs.initialisation.ridges import Ridge, figure_ridges, ridge
from visualizer.labs.initialisation.signals.run import LayersRun
from visualizer.labs.initialisation.styles import start_style
from visualizer.labs.initialisation.text import start_name
from visualizer.labs.kit.charts import Columns
from visualizer.labs.kit.figure import Axis, Inks, add_line, new_figure
from visualizer.text.numbers import percent

LINES = 330
_AXES, _ROW = 100, 52
"""The height of a figure of histograms: of its axes, and of each layer."""
_BOUNDED = {"tanh": (-1.0, 1.0), "sigmoid": (0.0, 1.0)}
_SATURATED = 0.05
"""How near to the end of its range an activation is saturated, as a share of the range's half."""
_WORTH_SAYING = 0.005
_DEEPEST = 1e-14
"""Spreads below are not drawn."""


def activation_limits(found: LayersRun, activation: str) -> tuple[float, float]:
    """What the axis of the activations shows, the same at every epoch."""
    if activation in _BOUNDED:
        return _BOUNDED[activation]
    spreads = _known(found.activations[:, 0, 0, :-1])
    widest = 4 * float(spreads.max()) if len(spreads) else 1.0
    return (0.0 if activation in ("relu", "softplus") else -widest), widest


def gradient_limits(found: LayersRun) -> tuple[float, float]:
    """What the axis of the gradients' sizes shows, the same at every epoch."""
    spreads = _known(found.gradients[:, 0, 0])
    if not len(spreads):
        return _DEEPEST, 1.0
    return max(_DEEPEST, 1e-3 * float(spreads.min())), 10 * float(spreads.max())


def activation_ridges(
    layers: Sequence[LayerStatistics], activation: str, limits: tuple[float, float]
) -> tuple[Ridge, ...]:
    """The hidden layers' activations, the first layer first."""
    return tuple(
        ridge(
            f"layer {at + 1}",
            layer.activations,
            limits,
            _note(layer.activations, activation),
            zeros=activation != "relu",
        )
        for at, layer in enumerate(layers[:-1])
    )


def gradient_ridges(layers: Sequence[LayerStatistics], limits: tuple[float, float]) -> tuple[Ridge, ...]:
    """The sizes of all layers' gradients, the first layer first."""
    names = [*(f"layer {at + 1}" for at in range(len(layers) - 1)), "output"]
    return tuple(
        ridge(name, layer.sum_gradients, limits, _beneath(layer.sum_gradients, limits[0]), log=True)
        for name, layer in zip(names, layers, strict=True)
    )


def figure_activations(ridges: Sequence[Ridge], limits: tuple[float, float], ink: Inks) -> go.Figure:
    return figure_ridges(ridges, Axis("activation", limits=limits), ink.plus, ink, height=_height(len(ridges)))


def figure_gradients(ridges: Sequence[Ridge], limits: tuple[float, float], ink: Inks) -> go.Figure:
    axis = Axis("|gradient| at a unit's sum", log=True, limits=limits)
    return figure_ridges(ridges, axis, ink.gradient, ink, height=_height(len(ridges) - 1))


def figure_spread(found: LayersRun, spreads: Tensor, frame: int, ink: Inks, title: str) -> go.Figure:
    """The spread over depth at a frame, a line for each start, the chosen one thick; where it is 0 there is no line.

    The axis is the same at every frame. It holds the chosen start at all of them; others may leave it.

    Shapes: spreads (F, starts, nets, layers).
    """
    medians = spreads.nanmedian(dim=2).values
    known = torch.cat([_known(medians[0]), _known(medians[:, 0])])
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.1, 1.0)
    layers = spreads.shape[3]
    figure = new_figure(
        ink,
        Axis("layer", limits=(0.8, layers + 0.2)),
        Axis(title, log=True, limits=(max(_DEEPEST, low / 2), high * 2)),
        height=LINES,
    )
    names = [*(str(at + 1) for at in range(layers - 1)), "output"]
    for index, start in reversed(list(enumerate(found.starts))):
        values = medians[frame, index]
        if not len(_known(values)):
            continue
        name = start_name(start)
        add_line(
            figure,
            list(range(1, layers + 1)),
            torch.where(values > _DEEPEST, values, torch.nan),
            name,
            ink,
            index,
            hover=f"{name}<br>layer %{{text}}<br>standard deviation %{{y:.3g}}",
            text=names,
            legendrank=index,
            **start_style(start, ink, wide=index == 0),
        )
    figure.update_xaxes(tickvals=list(range(1, layers + 1)), ticktext=names)
    return figure


def spread_columns(found: LayersRun) -> Columns:
    """Every net's spreads and losses, a row for each epoch, start, net and layer."""
    frames, starts, nets, layers = found.activations.shape
    return {
        "epoch": found.epochs.repeat_interleave(starts * nets * layers),
        "start": [start_name(start) for start in found.starts for _ in range(nets * layers)] * frames,
        "net": torch.arange(nets).repeat_interleave(layers).repeat(frames * starts),
        "layer": torch.arange(1, layers + 1).repeat(frames * starts * nets),
        "activations": found.activations.flatten(),
        "gradients": found.gradients.flatten(),
        "loss": found.loss.flatten().repeat_interleave(layers),
    }


def saturated(activations: Tensor, activation: str) -> float:
    """The share of activations that hardly change with their sums; NaN where the activation has no ends."""
    if activation not in _BOUNDED:
        return math.nan
    low, high = _BOUNDED[activation]
    margin = _SATURATED * (high - low) / 2
    outer = (activations < low + margin) | (activations > high - margin)
    return float(torch.where(activations.isnan(), torch.nan, outer.double()).mean())


def _note(activations: Tensor, activation: str) -> str:
    share = saturated(activations, activation)
    return _share_text(share, "saturated") if math.isfinite(share) else _share_text(_zeros(activations), "are 0")


def _beneath(values: Tensor, low: float) -> str:
    zeros = _zeros(values)
    return "all are 0" if zeros == 1 else _share_text(float((values.abs() < low).double().mean()), "smaller still")


def _zeros(values: Tensor) -> float:
    return float((values == 0).double().mean())


def _share_text(share: float, what: str) -> str:
    return f"{percent(share, 0)} {what}" if share >= _WORTH_SAYING else ""


def _height(hidden_layers: int) -> int:
    """The same for activations and gradients, though only the latter have an output."""
    return _AXES + _ROW * (hidden_layers + 1)


def _known(values: Tensor) -> Tensor:
    return values[torch.isfinite(values) & (values > _DEEPEST)]
