"""The figures of the weights: how they are spread at one strength, and how many are near 0 at all strengths."""

from __future__ import annotations

import plotly.graph_objects as go
import torch
from torch import Tensor

from visualizer.engine.measures.fit_metrics import NEAR_ZERO
from visualizer.labs.kit.charts import Columns
from visualizer.labs.kit.figure import Axis, Inks, add_line, new_figure, numbers, percent_ticks
from visualizer.labs.regularisation.drawing import add_spread
from visualizer.labs.regularisation.settings import L1, L2, mean_over_repeats
from visualizer.labs.regularisation.strength.figures import strength_ends
from visualizer.labs.regularisation.sweeps import NONE, Sweeps
from visualizer.labs.regularisation.text import NAMES, kind_text
from visualizer.text.numbers import percent

HEIGHT = 300


def figure_weights(sweeps: Sweeps, kind: str, place: int, ink: Inks) -> go.Figure:
    """How the weights are spread at one strength of a kind, and without regularisation as a line."""
    sweep, bins = sweeps.kinds[kind], sweeps.kinds[NONE].fits.bins.shape[-1]
    width = 2 * sweeps.limit / bins
    middles = -sweeps.limit + width * (torch.arange(bins, dtype=torch.float64) + 0.5)
    shares = weight_shares(sweep.fits.bins[:, place])
    least = 0.3 / max(1, int(sweeps.kinds[NONE].fits.bins.sum()))
    axis = Axis("share of weights", log=True, limits=(least, 1.5))
    figure = new_figure(ink, Axis("weight w", limits=(-sweeps.limit, sweeps.limit)), axis, height=HEIGHT)
    figure.add_trace(
        go.Bar(
            x=numbers(middles),
            y=[share or None for share in shares.tolist()],
            name=kind_text(kind, float(sweep.strengths[place])),
            width=width,
            marker={"color": ink.series[0], "line": {"width": 0}},
            customdata=[percent(share, 2) for share in shares.tolist()],
            hovertemplate="w about %{x:.2g}<br>%{customdata} of the weights<extra></extra>",
        )
    )
    unregularised = weight_shares(sweeps.kinds[NONE].fits.bins[:, 0])
    add_line(
        figure,
        middles,
        unregularised,
        "none",
        ink,
        hover="none: w about %{x:.2g}<br>%{customdata} of the weights",
        customdata=[percent(share, 2) for share in unregularised.tolist()],
        mode="lines",
        line={"color": ink.text, "width": 1.6, "shape": "hvh"},
    )
    return figure


def weight_shares(bins: Tensor) -> Tensor:
    """The share of weights in each bin, over all repeats: (repeats, bins) to (bins,)."""
    counts = bins.sum(dim=0).double()
    return counts / counts.sum().clamp(min=1)


def figure_near_zero(sweeps: Sweeps, ink: Inks) -> go.Figure:
    """The share of weights that are about 0, over the strength of L2 and of L1."""
    drawn = [sweeps.kinds[kind] for kind in (L2, L1) if kind in sweeps.kinds]
    axis = Axis("strength λ", log=True, limits=strength_ends(drawn[0]) if drawn else None)
    share = Axis(f"share of weights below {NEAR_ZERO:g}", limits=(-0.02, 1.04))
    figure = new_figure(ink, axis, share, height=HEIGHT)
    for index, sweep in enumerate(drawn):
        values = sweep.fits.near_zero
        add_spread(figure, sweep.strengths, values, ink, index)
        hover = f"{NAMES[sweep.kind]}, λ %{{x:.2g}}<br>%{{customdata}} of the weights"
        means = mean_over_repeats(values)
        said = [percent(share, 0) for share in means.tolist()]
        add_line(figure, sweep.strengths, means, NAMES[sweep.kind], ink, index, hover=hover, customdata=said)
    percent_ticks(figure)
    return figure


def weight_columns(sweeps: Sweeps, kind: str) -> Columns:
    """How many weights of all repeats are in each bin, a row for each strength and bin."""
    sweep = sweeps.kinds[kind]
    counts = sweep.fits.bins.sum(dim=0)
    bins = counts.shape[1]
    edges = torch.linspace(-sweeps.limit, sweeps.limit, bins + 1, dtype=torch.float64)
    return {
        "strength": sweep.strengths.repeat_interleave(bins),
        "from": edges[:-1].repeat(len(counts)),
        "to": edges[1:].repeat(len(counts)),
        "weights": counts.flatten(),
    }
