"""The view "Sensitivity" on the page."""

from __future__ import annotations

from functools import cache, partial

from visualizer.engine.experiments.scale_sweep import StartsRun
from visualizer.labs.initialisation.sensitivity import run as sensitivity
from visualizer.labs.initialisation.sensitivity.answer import answer
from visualizer.labs.initialisation.sensitivity.figures import figure_gradient, figure_loss, sensitivity_columns
from visualizer.labs.initialisation.settings import InitialisationSettings
from visualizer.labs.initialisation.text import scale_title
from visualizer.labs.kit.charts import Chart, Charts, page_inks
from visualizer.labs.kit.lab import Experiment
from visualizer.text.words import LOSSES


def charts(settings: InitialisationSettings, run: StartsRun) -> Charts:
    """The loss, and beside it the first gradient, both over the scale."""
    reading, ink = cache(partial(sensitivity.read, settings, run)), page_inks()
    loss, title = LOSSES[settings.chosen.loss], scale_title(settings.kind)
    yield Chart(
        lambda: figure_loss(run, reading(), ink, loss, title),
        "init_loss",
        alt=f"The {loss} at the end over the scale of the first weights, with the scales that learn",
        csv=partial(sensitivity_columns, run),
    )
    yield Chart(
        lambda: figure_gradient(run, reading(), ink, title),
        "init_gradient",
        alt="The norm of the first gradient over the scale of the first weights, for each layer",
        csv=partial(sensitivity_columns, run),
    )


SENSITIVITY = Experiment("initialisation_sensitivity", sensitivity.run, sensitivity.cost, charts, answer)
