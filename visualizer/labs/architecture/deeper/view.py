"""The view "Deeper" on the page."""

from __future__ import annotations

from functools import partial

from visualizer.labs.architecture.deeper import run as deeper
from visualizer.labs.architecture.deeper.answer import answer, best_depth
from visualizer.labs.architecture.deeper.figures import columns_of_depths, figure_depth_errors, figure_depth_losses
from visualizer.labs.architecture.deeper.run import Depths
from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.kit.charts import Chart, Charts, page_inks
from visualizer.labs.kit.lab import Experiment


def charts(settings: ArchitectureSettings, found: Depths) -> Charts:
    """The test error over the depth, and beside it the losses."""
    ink, whole = page_inks(), found.shapes == found.planned
    yield Chart(
        lambda: figure_depth_errors(settings, found, best_depth(found) if whole else None, ink),
        "arch_deeper_errors",
        alt="The test error over the number of hidden layers, at about as many parameters",
        csv=partial(columns_of_depths, found),
    )
    yield Chart(
        partial(figure_depth_losses, settings, found, ink),
        "arch_deeper_losses",
        alt="The squared error on training and test points over the number of hidden layers",
        csv=partial(columns_of_depths, found),
    )


DEEPER = Experiment("architecture_deeper", deeper.run, deeper.cost, charts, answer)
