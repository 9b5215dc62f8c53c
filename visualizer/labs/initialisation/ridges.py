"""Histograms of many layers, one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import torch
from torch import Tensor

from visualizer.labs.initialisation.text import number_text
from visualizer.labs.kit.charts import Columns
from visualizer.labs.kit.figure import Axis, Inks, new_figure
from visualizer.text.numbers import percent

BINS = 64
_TALL = 0.66
"""How high a histogram is, where 1 would touch the one above: room for its words."""


@dataclass(frozen=True, eq=False)
class Ridge:
    """A layer's numbers: its name, a word on them besides their spread, and their shares in the bins (BINS,)."""

    name: str
    spread: float
    note: str
    shares: Tensor


def ridge(
    name: str, values: Tensor, limits: tuple[float, float], note: str = "", *, log: bool = False, zeros: bool = True
) -> Ridge:
    """The histogram of these numbers between the limits; `log`: of their sizes, in bins of equal factors.

    What is outside of the limits is left out, and without `zeros` what is exactly 0: that is for the note to say.
    """
    flat = values.flatten().double()
    shown = flat if zeros else flat[flat != 0]
    low, high = limits
    if log:
        shown = shown.abs().log10()
        low, high = torch.tensor(limits, dtype=torch.float64).log10().tolist()
    counts = torch.histc(shown[shown.isfinite()], BINS, low, high)
    return Ridge(name, float(flat.std(correction=0)), note, counts / len(flat))


def edges(limits: tuple[float, float], *, log: bool = False) -> Tensor:
    """The edges of the bins (BINS + 1,)."""
    low, high = torch.tensor(limits, dtype=torch.float64)
    if log:
        return torch.logspace(float(low.log10()), float(high.log10()), BINS + 1, dtype=torch.float64)
    return torch.linspace(float(low), float(high), BINS + 1, dtype=torch.float64)


def figure_ridges(ridges: Sequence[Ridge], axis: Axis, colour: str, ink: Inks, *, height: int) -> go.Figure:
    """The histograms of the layers, the first on top; each as high as the others, with its spread said beside it."""
    figure = new_figure(ink, axis, Axis(""), height=height, legend=False)
    bounds = edges(axis.limits or (0.0, 1.0), log=axis.log)
    for place, each in enumerate(ridges):
        base = float(len(ridges) - 1 - place)
        _add(figure, each, base, bounds, colour, ink)
    figure.update_yaxes(
        tickvals=[len(ridges) - 1 - place for place in range(len(ridges))],
        ticktext=[each.name for each in ridges],
        range=[-0.08, len(ridges)],
        showgrid=False,
        ticks="",
        tickfont={"color": ink.text},
    )
    return figure


def ridge_columns(ridges: Sequence[Ridge], bounds: Tensor) -> Columns:
    """A row for each layer and bin."""
    return {
        "layer": [each.name for each in ridges for _ in range(BINS)],
        "from": bounds[:-1].repeat(len(ridges)),
        "to": bounds[1:].repeat(len(ridges)),
        "share": torch.cat([each.shares for each in ridges]),
    }


def _add(figure: go.Figure, each: Ridge, base: float, bounds: Tensor, colour: str, ink: Inks) -> None:
    top = max(float(each.shares.max()), 1e-12)
    heights = (base + _TALL * each.shares / top).repeat_interleave(2).tolist()
    xs = torch.stack([bounds[:-1], bounds[1:]], dim=1).flatten().tolist()
    figure.add_trace(
        go.Scatter(
            x=[xs[0], *xs, xs[-1]],
            y=[base, *heights, base],
            fill="toself",
            fillcolor=ink.pale(colour, 0.35),
            line={"color": colour, "width": 1.2},
            mode="lines",
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=((bounds[:-1] * bounds[1:]).sqrt() if bounds[0] > 0 else (bounds[:-1] + bounds[1:]) / 2).tolist(),
            y=(base + _TALL * each.shares / top).tolist(),
            mode="markers",
            marker={"size": 8, "opacity": 0},
            text=[percent(share, 1) for share in each.shares.tolist()],
            hovertemplate=f"{each.name}<br>around %{{x:.3g}}: %{{text}}<extra></extra>",
        )
    )
    figure.add_annotation(
        x=1,
        xref="paper",
        xanchor="right",
        y=base + _TALL,
        yanchor="bottom",
        text=f"sd {number_text(each.spread)}" + (f", {each.note}" if each.note else ""),
        showarrow=False,
        font={"color": ink.text, "size": 13},
    )
