"""The view "How much data?" on the page."""

from __future__ import annotations

from functools import partial

from visualizer.labs.kit.charts import Chart, Charts, page_inks
from visualizer.labs.kit.lab import Experiment
from visualizer.labs.regularisation.data_amount import run as amount
from visualizer.labs.regularisation.data_amount.answer import answer
from visualizer.labs.regularisation.data_amount.figures import amount_columns, figure_amount, figure_gap
from visualizer.labs.regularisation.data_amount.run import Amount
from visualizer.labs.regularisation.settings import RegSettings
from visualizer.labs.regularisation.shown import draw_shown
from visualizer.labs.regularisation.text import kind_text


def charts(settings: RegSettings, result: Amount) -> Charts:
    """The losses over the size of the training set, and beside them the gap."""
    ink, name = page_inks(), kind_text(settings.kind, settings.strength)
    shown = draw_shown(settings, "reg_amount_shown")
    yield Chart(
        partial(figure_amount, result, settings.trained, name, shown, ink),
        "reg_amount",
        alt=f"Test and training {shown.short} over the size of the training set, with and without regularisation",
        csv=partial(amount_columns, result, name),
        chosen=shown,
    )
    yield Chart(
        partial(figure_gap, result, settings.trained, name, shown, ink),
        "reg_gap",
        alt=f"How much higher the test {shown.short} is than the training {shown.short}, over the size",
        csv=partial(amount_columns, result, name),
        chosen=shown,
    )


AMOUNT = Experiment("regularisation_amount", amount.run, amount.cost, charts, answer)
