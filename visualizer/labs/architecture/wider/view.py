"""The view "Wider" on the page."""

from __future__ import annotations

from functools import partial

from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.architecture.wider import run as wider
from visualizer.labs.architecture.wider.answer import answer
from visualizer.labs.architecture.wider.figures import columns_of_widths, figure_errors, figure_losses
from visualizer.labs.architecture.wider.reading import read
from visualizer.labs.architecture.wider.run import Widths
from visualizer.labs.kit.charts import Chart, Charts, page_inks
from visualizer.labs.kit.lab import Experiment


def charts(settings: ArchitectureSettings, found: Widths) -> Charts:
    """The test error over the width, and beside it the training loss."""
    ink, whole = page_inks(), found.widths == found.planned
    yield Chart(
        lambda: figure_errors(settings, found, read(found) if whole else None, ink),
        "arch_wider_errors",
        alt="The test error over the width, for learned features and for random ones",
        csv=partial(columns_of_widths, found),
    )
    yield Chart(
        partial(figure_losses, settings, found, ink),
        "arch_wider_losses",
        alt="The squared error on the training points over the width",
        csv=partial(columns_of_widths, found),
    )


WIDER = Experiment("architecture_wider", wider.run, wider.cost, charts, answer)
