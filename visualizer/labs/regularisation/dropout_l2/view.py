"""The view "Dropout ≈ L2" on the page."""

from __future__ import annotations

from functools import partial

from visualizer.labs.kit.charts import Chart, Charts, page_inks
from visualizer.labs.kit.lab import Experiment
from visualizer.labs.regularisation.dropout_l2 import run as alike
from visualizer.labs.regularisation.dropout_l2.answer import answer
from visualizer.labs.regularisation.dropout_l2.exact_figures import (
    expected_columns,
    figure_expected,
    figure_weights_over_p,
    weights_over_p_columns,
)
from visualizer.labs.regularisation.dropout_l2.figures import figure_norms, figure_test_losses, matched_columns
from visualizer.labs.regularisation.dropout_l2.run import Alike, matched
from visualizer.labs.regularisation.settings import RegSettings
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
