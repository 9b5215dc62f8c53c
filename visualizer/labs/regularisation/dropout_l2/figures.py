"""The figures of the nets: dropout, and L2 that fits the training points as closely."""

from __future__ import annotations

import plotly.graph_objects as go
from torch import Tensor

from visualizer.labs.kit.charts import Axis, add_line, new_figure
from visualizer.labs.kit.exports import Columns
from visualizer.labs.kit.theme_colours import Inks
from visualizer.labs.regularisation.drawing import add_spread
from visualizer.labs.regularisation.dropout_l2.exact_figures import HEIGHT, PROBABILITY
from visualizer.labs.regularisation.dropout_l2.run import Matched
from visualizer.labs.regularisation.settings import L2, mean_over_repeats
from visualizer.labs.regularisation.text import strength_text

DROPOUT_NAME, L2_NAME = "dropout", "L2 of the same training loss"


def figure_test_losses(matched: Matched, ink: Inks, loss: str) -> go.Figure:
    """The test losses over dropout's probability, and the training loss that both have."""
    figure = _figure(matched, matched.dropout.fits.test_loss, matched.test_loss, f"test {loss}", ink)
    add_line(
        figure,
        matched.dropout.strengths,
        mean_over_repeats(matched.dropout.fits.train_loss),
        "training, both",
        ink,
        mode="lines",
        line={"color": ink.muted, "width": 2, "dash": "dot"},
    )
    return figure


def figure_norms(matched: Matched, ink: Inks) -> go.Figure:
    """The norms of the weights over dropout's probability."""
    return _figure(matched, matched.dropout.fits.norm, matched.norm, "norm of the weights", ink)


def matched_columns(matched: Matched) -> Columns:
    """Both kinds, a row for each probability and repeat."""
    fits, (repeats, count) = matched.dropout.fits, matched.test_loss.shape
    return {
        "dropout probability": matched.dropout.strengths.repeat_interleave(repeats),
        "repeat": list(range(repeats)) * count,
        "training loss": fits.train_loss.t().flatten(),
        "dropout: test loss": fits.test_loss.t().flatten(),
        "dropout: norm of the weights": fits.norm.t().flatten(),
        "L2: strength": matched.strength.t().flatten(),
        "L2: test loss": matched.test_loss.t().flatten(),
        "L2: norm of the weights": matched.norm.t().flatten(),
    }


def _figure(matched: Matched, dropout: Tensor, l2: Tensor, title: str, ink: Inks) -> go.Figure:
    figure = new_figure(ink, PROBABILITY, Axis(title), height=HEIGHT)
    x = matched.dropout.strengths
    strengths = [strength_text(L2, value) for value in matched.strength.log().mean(dim=0).exp().tolist()]
    for index, (name, values) in enumerate(((DROPOUT_NAME, dropout), (L2_NAME, l2))):
        add_spread(figure, x, values, ink, index)
        hover = f"{name}<br>p = %{{x:.2f}}<br>{title} %{{y:.3g}}"
        if index:
            hover = f"L2 with λ = %{{customdata}}<br>as close as dropout of %{{x:.2f}}<br>{title} %{{y:.3g}}"
        add_line(figure, x, mean_over_repeats(values), name, ink, index, hover=hover, customdata=strengths)
    return figure
