"""A comparison on the page."""

from __future__ import annotations

from functools import partial

from visualizer.labs.kit.charts import Chart, Charts, page_inks
from visualizer.labs.learning_rate.comparison.figures import (
    columns_at_own_rate,
    columns_over_rates,
    figure_at_own_rate,
    figure_over_rates,
)
from visualizer.labs.learning_rate.comparison.run import Comparison
from visualizer.labs.learning_rate.settings import RateSettings
from visualizer.text.words import LOSSES


def comparison_charts(ways: str, settings: RateSettings, results: Comparison) -> Charts:
    """The curves at each way's own rate, and beside them all rates. `ways` is what is compared: "schedules"."""
    loss, ink = LOSSES[settings.chosen.loss], page_inks()
    yield Chart(
        partial(figure_at_own_rate, results, ink, loss),
        f"rate_{ways}_curves",
        alt=f"The {loss} over the epochs, a line for each of the {ways}",
        csv=partial(columns_at_own_rate, results),
    )
    yield Chart(
        partial(figure_over_rates, results, ink, loss),
        f"rate_{ways}_final",
        alt=f"The {loss} at the end over the learning rate, a line for each of the {ways}",
        csv=partial(columns_over_rates, results),
    )
