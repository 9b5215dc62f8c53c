"""The view "Range test" on the page."""

from __future__ import annotations

from functools import partial

from visualizer.labs.kit.charts import Chart, Charts, page_inks
from visualizer.labs.kit.lab import Experiment
from visualizer.labs.learning_rate.range_test import run as range_run
from visualizer.labs.learning_rate.range_test.figures import columns_of_test, figure_range_test
from visualizer.labs.learning_rate.range_test.run import RangeResult
from visualizer.labs.learning_rate.rates.figures import columns_of_final, figure_final
from visualizer.labs.learning_rate.settings import RateSettings
from visualizer.text.words import LOSSES


def charts(settings: RateSettings, result: RangeResult) -> Charts:
    """The test, and beside it what training with each rate comes to."""
    loss, ink = LOSSES[settings.chosen.loss], page_inks()
    yield Chart(
        partial(figure_range_test, result.test, result.suggestion, (settings.lowest, settings.highest), ink, loss),
        "rate_range_test",
        alt=f"The {loss} while the learning rate grows, with the rates that are read off it",
        csv=partial(columns_of_test, result.test),
    )
    if not (result.sweep and (zones := result.zones)):
        return
    suggestion, suggested = result.suggestion, result.suggested_loss
    marked = (suggestion.steepest, suggested, "suggested") if suggestion and suggested is not None else None
    sweep = result.sweep.first(len(zones.losses))
    yield Chart(
        partial(figure_final, sweep, zones, ink, loss, marked),
        "rate_range_final",
        alt=f"The {loss} at the end over the learning rate, with the suggested rate marked",
        csv=partial(columns_of_final, sweep, zones),
    )


RANGE_TEST = Experiment("learning_rate_range_test", range_run.run, range_run.cost, charts, range_run.answer)
