"""The figures of the linear regression: the expected loss, and the weights, by the closed form and by dropout."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
import torch

from visualizer.labs.kit.charts import Columns
from visualizer.labs.kit.figure import Axis, Inks, add_line, line_style, new_figure, numbers, plain
from visualizer.labs.regularisation.drawing import far_apart, loss_axis
from visualizer.labs.regularisation.dropout_l2.exact import GRID, Exact

HEIGHT = 330
PROBABILITY = Axis("dropout probability p", limits=(0.0, 1.0))
_MAX_LINES = 6
_MAX = 1e4
"""Losses below the largest divided by this are off the axis: without dropout the fit may be perfect."""


def figure_expected(exact: Exact, ink: Inks) -> go.Figure:
    """The expected loss with dropout over p: closed form, and the mean over masks drawn at random."""
    seen = exact.curve.clamp(min=float(exact.curve.max()) / _MAX)
    axis = loss_axis("mean loss over masks", seen, log=far_apart(seen))
    figure = new_figure(ink, PROBABILITY, axis, height=HEIGHT)
    add_line(figure, GRID, exact.curve, "loss + ridge", ink, 0, mode="lines")
    figure.add_trace(
        go.Scatter(
            x=[0.0, 1.0],
            y=numbers([exact.plain, exact.plain]),
            mode="lines",
            name="loss without dropout",
            line={"color": ink.muted, "width": 2, "dash": "dot"},
            hovertemplate="without dropout: %{y:.4g}<extra></extra>",
        )
    )
    if exact.sampled is not None and exact.sampled_error is not None:
        off = (exact.sampled - exact.expected) / exact.sampled_error
        add_line(
            figure,
            exact.probabilities,
            exact.sampled,
            f"mean of {exact.draws:,} draws of masks",
            ink,
            1,
            hover="p = %{x:.2f}<br>mean over masks %{y:.5g}<br>off by %{customdata:.2f} standard errors",
            mode="markers",
            customdata=numbers(off),
            error_y={"array": numbers(2 * exact.sampled_error), "color": ink.text, "thickness": 1.5, "width": 5},
        )
    return figure


def figure_weights_over_p(exact: Exact, classes: Sequence[str], ink: Inks) -> go.Figure:
    """The weights over p: lines are the ridge's closed form, marks are where descents with dropout end."""
    figure = new_figure(ink, PROBABILITY, Axis("weight"), height=HEIGHT)
    labels = weight_names(exact, classes)
    for index, place in enumerate(largest_weights(exact)):
        name, style = plain(labels[place]), line_style(index, ink)
        hover = f"{name}<br>p = %{{x:.2f}}<br>ridge %{{y:.4g}}"
        add_line(figure, GRID, exact.ridge[:, place], name, ink, index, hover=hover, mode="lines", legendgroup=name)
        if exact.descended is None or exact.descended_error is None:
            continue
        figure.add_trace(
            go.Scatter(
                x=numbers(exact.probabilities),
                y=numbers(exact.descended[:, place]),
                customdata=numbers(exact.descended_error[:, place]),
                mode="markers",
                marker=style["marker"] | {"line": {"width": 1, "color": ink.ground}},
                legendgroup=name,
                showlegend=False,
                hovertemplate=f"{name}<br>p = %{{x:.2f}}<br>dropout %{{y:.4g}} ± %{{customdata:.2g}}<extra></extra>",
            )
        )
    return figure


def largest_weights(exact: Exact) -> list[int]:
    """The places of the weights that are drawn: the largest at the lowest probability, in their own order."""
    count = min(_MAX_LINES, exact.ridge_there.shape[1])
    return sorted(int(place) for place in exact.ridge_there[0].abs().topk(count).indices)


def weight_names(exact: Exact, classes: Sequence[str]) -> list[str]:
    """What people call each weight: its input and, where there are more outputs than one, the class that it is for."""
    if exact.outputs == 1:
        return [f"w of {name}" for name in exact.names]
    return [f"{name} to {label}" for label in classes for name in exact.names]


def expected_columns(exact: Exact) -> Columns:
    """The expected loss by all ways, a row for each probability."""
    unknown = torch.full_like(exact.probabilities, torch.nan)
    return {
        "dropout probability": exact.probabilities,
        "loss without dropout": torch.full_like(exact.probabilities, exact.plain),
        "closed form": exact.expected,
        "mean over masks": unknown if exact.sampled is None else exact.sampled,
        "standard error": unknown if exact.sampled_error is None else exact.sampled_error,
    }


def weights_over_p_columns(exact: Exact, classes: Sequence[str]) -> Columns:
    """All weights, a row for each probability and weight."""
    names = weight_names(exact, classes)
    unknown = torch.full_like(exact.ridge_there, torch.nan)
    return {
        "dropout probability": exact.probabilities.repeat_interleave(len(names)),
        "weight": names * len(exact.probabilities),
        "ridge": exact.ridge_there.flatten(),
        "descent with dropout": (unknown if exact.descended is None else exact.descended).flatten(),
        "standard error": (unknown if exact.descended_error is None else exact.descended_error).flatten(),
    }
