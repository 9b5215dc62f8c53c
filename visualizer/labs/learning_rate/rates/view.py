"""The view "Rates" on the page."""

from __future__ import annotations

from functools import cache, partial

from visualizer.engine.experiments.rate_sweep import RateSweep
from visualizer.labs.kit.charts import Chart, Charts, page_inks
from visualizer.labs.kit.lab import Experiment
from visualizer.labs.learning_rate.rates import run as sweep_
from visualizer.labs.learning_rate.rates.figures import columns_of_curves, columns_of_final, figure_curves, figure_final
from visualizer.labs.learning_rate.settings import RateSettings
from visualizer.text.words import LOSSES


def charts(settings: RateSettings, sweep: RateSweep) -> Charts:
    """The curves, and beside them what they come to."""
    loss, ink = LOSSES[settings.chosen.loss], page_inks()
    zones = cache(partial(sweep_.zones_of, sweep))
    yield Chart(
        lambda: figure_curves(sweep, zones(), ink, loss),
        "rate_curves",
        alt=f"The {loss} over the epochs, a line for each of {len(sweep.rates)} learning rates",
        csv=partial(columns_of_curves, sweep),
    )
    yield Chart(
        lambda: figure_final(sweep, zones(), ink, loss),
        "rate_final",
        alt=f"The {loss} at the end over the learning rate, with the zones too small, good and too large",
        csv=lambda: columns_of_final(sweep, zones()),
    )


SWEEP = Experiment("learning_rate_sweep", sweep_.run, sweep_.cost, charts, sweep_.answer)
