"""The view "Dropout ≈ L2" on the page."""

from __future__ import annotations

from functools import partial

import plotly.graph_objects as go
from torch import Tensor

from visualizer.labs.kit.charts import Chart, Charts, Columns, page_inks
from visualizer.labs.kit.figure import Axis, Inks, add_line, new_figure
from visualizer.labs.kit.lab import Experiment
from visualizer.labs.regularisation.drawing import add_spread
from visualizer.labs.regularisation.dropout_l2 import run as alike
from visualizer.labs.regularisation.dropout_l2.answer import answer
from visualizer.labs.regularisation.dropout_l2.exact_figures import (
    HEIGHT,
    PROBABILITY,
    expected_columns,
    figure_expected,
    figure_weights_over_p,
    weights_over_p_columns,
)
from visualizer.labs.regularisation.dropout_l2.run import Alike, Matched, matched
from visualizer.labs.regularisation.settings import L2, RegSettings, mean_over_repeats
from visualizer.labs.regularisation.text import strength_text
from visualizer.text.words import LOSSES

_IDENTITY = (
    r"\mathbb{E}\big[\tfrac12(y - w\cdot\tilde x)^2\big] = \tfrac12(y - w\cdot x)^2 "
    r"+ \tfrac12\,\tfrac{p}{1-p}\sum_i w_i^2\, x_i^2"
)


def charts(settings: RegSettings, result: Alike) -> Charts:
    """Above the regression, where both are the same; below the nets."""
    ink, classes = page_inks(), settings.chosen.classes
    yield (f"**Linear regression, dropout on its inputs: exact.** ${_IDENTITY}$")
    yield Chart(
        partial(figure_expected, result.exact, ink),
        "reg_expected",
        alt="The expected loss over the dropout probability: the closed form, and means over random masks on it",
        csv=partial(expected_columns, result.exact),
    )
    yield Chart(
        partial(figure_weights_over_p, result.exact, classes, ink),
        "reg_weights_over_p",
        alt="The ridge's weights over the probability, and on them the weights that descents with dropout end at",
        csv=partial(weights_over_p_columns, result.exact, classes),
    )
    nets = matched(result.sweeps)
    if nets is None:
        return
    yield ("**Nets, dropout on hidden units: alike.** Beside each p stands the L2 that fits as closely.")
    yield Chart(
        partial(figure_test_losses, nets, ink, LOSSES[settings.chosen.loss]),
        "reg_alike_losses",
        alt="The test loss over the dropout probability, with dropout and with L2 of the same training loss",
        csv=partial(matched_columns, nets),
    )
    yield Chart(
        partial(figure_norms, nets, ink),
        "reg_alike_norms",
        alt="The norm of the weights over the dropout probability, with dropout and with L2 that fits as closely",
        csv=partial(matched_columns, nets),
    )


ALIKE = Experiment("regularisation_alike", alike.run, alike.cost, charts, answer)


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
