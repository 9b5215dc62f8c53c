"""The figures of the sensitivity analysis: the loss and the first gradient over the scale of the weights."""

from __future__ import annotations

import math

import plotly.graph_objects as go
import torch
from torch import Tensor

from visualizer.engine.experiments.scale_sweep import StartsRun
from visualizer.labs.initialisation.sensitivity.run import SCALES, Reading, Reference
from visualizer.labs.initialisation.styles import start_style
from visualizer.labs.initialisation.text import number_text, start_name
from visualizer.labs.kit.charts import Columns
from visualizer.labs.kit.choices import INITIALISATION_NAMES
from visualizer.labs.kit.figure import NAMED, Axis, Inks, add_band, add_line, new_figure
from visualizer.text.numbers import loss_text

HEIGHT = 390
_HEADROOM = 10.0
"""How many times the loss of zeros is still in the figure; what is above has gone wrong."""
_DEEPEST = 1e-3
"""The share of that loss down to which the figure goes from the first look on."""
_SMALLEST = 1e-16
"""Gradients below are not drawn."""


def figure_loss(run: StartsRun, reading: Reading, ink: Inks, loss: str, scale_title: str) -> go.Figure:
    """The loss over the scale: the median, the spread over the nets, the scales that learn, and the known starts.

    Scales of which nets diverged, or ended above the figure, have a cross at the top.
    """
    low, high = loss_limits(run, reading)
    figure = _figure(reading, ink, Axis(f"{loss} at the end", log=True, limits=(low, high)), scale_title)
    _draw_learning(figure, run, reading, ink)
    _draw_idle(figure, reading, ink)
    ordered = run.loss[:SCALES].nan_to_num(math.inf).sort(dim=1).values.clamp(max=high)
    add_band(figure, reading.scales, ordered[:, 0], ordered[:, -1], ink)
    add_line(
        figure,
        reading.scales,
        torch.where(reading.losses <= high, reading.losses, torch.inf),
        "median",
        ink,
        mode="lines+markers",
        marker={"size": 5, "color": ink.series[0]},
        hover="scale %{x:.2g}<br>median loss %{y:.3g}",
    )
    _add_lost(figure, run, reading, ink, high)
    _add_references(figure, reading, ink, high)
    return figure


def figure_gradient(run: StartsRun, reading: Reading, ink: Inks, scale_title: str) -> go.Figure:
    """The norm of the first gradient over the scale, as a whole with its spread, and of each layer."""
    norms = run.gradient_norms[:SCALES]
    whole = norms.square().sum(dim=2).sqrt().sort(dim=1).values
    drawn = torch.where(reading.gradients > _SMALLEST, reading.gradients, torch.nan)
    everything = torch.cat([drawn.flatten(), whole.flatten()])
    finite = everything[torch.isfinite(everything) & (everything > 0)]
    limits = (float(finite.min()) / 3, float(finite.max()) * 3) if len(finite) else (_SMALLEST, 1.0)
    axis = Axis("norm of the first gradient", log=True, limits=limits)
    figure = _figure(reading, ink, axis, scale_title)
    _draw_learning(figure, run, reading, ink)
    _draw_balance(figure, reading, ink)
    add_band(figure, reading.scales, whole[:, 0], whole[:, -1], ink)
    add_line(
        figure,
        reading.scales,
        run.per_start(run.gradient_norms.square().sum(dim=2).sqrt().flatten())[:SCALES],
        "all layers",
        ink,
        mode="lines",
        line={"color": ink.text, "width": 3},
        hover="scale %{x:.2g}<br>all layers together %{y:.2g}",
    )
    for layer in range(norms.shape[2]):
        name = f"layer {layer + 1}"
        add_line(
            figure,
            reading.scales,
            drawn[:, layer],
            name,
            ink,
            layer,
            mode="lines",
            hover=f"scale %{{x:.2g}}<br>{name} %{{y:.2g}}",
        )
    return figure


def sensitivity_columns(run: StartsRun) -> Columns:
    """Every net of every start, a row for each."""
    starts, nets = run.loss.shape
    layers = run.gradient_norms.shape[2]
    norms = {f"first gradient, layer {at + 1}": run.gradient_norms[:, :, at].flatten() for at in range(layers)}
    return {
        "start": [start_name(start) for start in run.starts for _ in range(nets)],
        "scale": [start.scale for start in run.starts for _ in range(nets)],
        "net": torch.arange(nets).repeat(starts),
        "loss before": run.start_loss.flatten(),
        "loss": run.loss.flatten(),
        "test loss": run.test_loss.flatten(),
        "diverged at update": run.diverged.flatten(),
        **norms,
        "activations, per layer": run.spread.forward,
        "gradients, per layer back": run.spread.backward,
    }


def loss_limits(run: StartsRun, reading: Reading) -> tuple[float, float]:
    """What the axis of the loss shows."""
    finite = run.loss[torch.isfinite(run.loss) & (run.loss > 0)]
    lowest = float(finite.min()) if len(finite) else reading.idle
    return min(lowest / 1.5, _DEEPEST * reading.idle), _HEADROOM * reading.idle


def _figure(reading: Reading, ink: Inks, y: Axis, scale_title: str) -> go.Figure:
    half = _half_step(reading.scales)
    limits = float(reading.scales[0]) / half, float(reading.scales[-1]) * half
    figure = new_figure(ink, Axis(f"scale: {scale_title}", log=True, limits=limits), y, height=HEIGHT)
    figure.update_layout(margin_t=NAMED)
    return figure


def _draw_learning(figure: go.Figure, run: StartsRun, reading: Reading, ink: Inks) -> None:
    """The scales that learn, as a ground from the first to the last; not before the end of training."""
    if reading.zones is None or run.epoch < run.whole:
        return
    alone = _half_step(reading.scales) if reading.zones.low == reading.zones.high else 1.0
    first = float(reading.scales[reading.zones.low]) / alone
    last = float(reading.scales[reading.zones.high]) * alone
    figure.add_vrect(first, last, fillcolor=ink.pale(ink.good, 0.14), line_width=0, layer="below")
    figure.add_annotation(
        x=(math.log10(first) + math.log10(last)) / 2,
        y=1,
        yref="paper",
        yanchor="bottom",
        text="learns",
        showarrow=False,
        font={"color": ink.good},
    )


def _draw_idle(figure: go.Figure, reading: Reading, ink: Inks) -> None:
    """The loss of a net that starts from zeros."""
    figure.add_hline(reading.idle, line={"color": ink.muted, "width": 1.5, "dash": "dash"})
    figure.add_annotation(
        x=1,
        xref="paper",
        xanchor="right",
        y=math.log10(reading.idle),
        yanchor="top",
        text="from zeros",
        showarrow=False,
        font={"color": ink.muted},
    )


def _draw_balance(figure: go.Figure, reading: Reading, ink: Inks) -> None:
    """Where gradients have the same size in all hidden layers."""
    if reading.balanced is not None:
        figure.add_vline(reading.balanced, line={"color": ink.gradient, "width": 2, "dash": "dash"})
        figure.add_annotation(
            x=math.log10(reading.balanced),
            xanchor="left" if reading.balanced < 1 else "right",
            y=0,
            yref="paper",
            yanchor="bottom",
            text=f"same size: {number_text(reading.balanced)}",
            showarrow=False,
            font={"color": ink.gradient},
        )


def _add_lost(figure: go.Figure, run: StartsRun, reading: Reading, ink: Inks, top: float) -> None:
    """A cross for each scale of which nets are not in the figure; how many, and why, is said at it."""
    loss, nets = run.loss[:SCALES], run.loss.shape[1]
    outside = ~(loss <= top)
    places = outside.any(dim=1).nonzero().flatten().tolist()
    said = []
    for place in places:
        gone = run.diverged[place][run.diverged[place] >= 0]
        diverged = f"<br>{len(gone)} diverged, first at update {int(gone.min()):,}" if len(gone) else ""
        said.append(f"{int(outside[place].sum())} of {nets} nets end above the figure{diverged}")
    figure.add_trace(
        go.Scatter(
            x=[float(reading.scales[place]) for place in places],
            y=[top / 1.25] * len(places),
            mode="markers",
            name="some nets above",
            marker={"color": ink.bad, "size": 8, "symbol": "x-thin", "line": {"width": 2, "color": ink.bad}},
            text=said,
            hovertemplate="scale %{x:.2g}<br>%{text}<extra></extra>",
            showlegend=bool(places),
        )
    )


def _add_references(figure: go.Figure, reading: Reading, ink: Inks, top: float) -> None:
    """The known starts, each where weights of the chosen kind are as large as its own."""
    lowest, highest = float(reading.scales[0]), float(reading.scales[-1])
    shown = [each for each in reading.references if lowest <= each.scale <= highest]
    for each in shown:
        marker = start_style(each.start, ink)["marker"]
        figure.add_trace(
            go.Scatter(
                x=[each.scale],
                y=[min(each.loss, top / 1.25)],
                mode="markers",
                name=INITIALISATION_NAMES[each.start.kind],
                marker=marker | {"size": 11, "line": {"width": 1.5, "color": _rim(each, ink)}},
                hovertemplate=f"{each.name}, over all layers as large as scale %{{x:.2g}}<br>"
                f"median loss {loss_text(each.loss, 3)}<extra></extra>",
            )
        )


def _rim(reference: Reference, ink: Inks) -> str:
    """Marks that overlap are kept apart by a rim; an open one is all rim."""
    return ink.bad if reference.start.kind == "equal" else ink.ground


def _half_step(scales: Tensor) -> float:
    return math.pow(float(scales[-1] / scales[0]), 0.5 / (len(scales) - 1))
