"""The view "Symmetry" on the page."""

from __future__ import annotations

from functools import partial

from visualizer.labs.initialisation.settings import InitialisationSettings
from visualizer.labs.initialisation.symmetry import run as symmetry
from visualizer.labs.initialisation.symmetry.answer import answer
from visualizer.labs.initialisation.symmetry.figures import (
    distance_columns,
    figure_distance,
    figure_units,
    unit_columns,
)
from visualizer.labs.initialisation.symmetry.run import SymmetryRun
from visualizer.labs.kit.charts import Chart, Charts, page_inks
from visualizer.labs.kit.lab import Experiment


def charts(settings: InitialisationSettings, found: SymmetryRun) -> Charts:
    """The distance between units, and beside it where those of layer 1 go."""
    ink = page_inks()
    second = "weight of input 2" if settings.data.inputs > 1 else "bias"
    yield Chart(
        partial(figure_distance, found, ink),
        "init_distance",
        alt="The distance between two units of a layer over the epochs, a line for each start",
        csv=partial(distance_columns, found),
    )
    yield Chart(
        partial(figure_units, found, ("layer 1: weight of input 1", f"layer 1: {second}"), ink),
        "init_units_ways",
        alt="The ways of the units of layer 1 in the plane of two of their numbers",
        csv=partial(unit_columns, found),
    )


SYMMETRY = Experiment("initialisation_symmetry", symmetry.run, symmetry.cost, charts, answer)
