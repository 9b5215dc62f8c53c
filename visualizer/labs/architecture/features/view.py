"""The view "Features" on the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import plotly.graph_objects as go
from torch import Tensor

from visualizer.labs.architecture.curve_figures import (
    columns_of_curves,
    columns_of_unit_curves,
    figure_curves,
    figure_unit_curves,
)
from visualizer.labs.architecture.features import run as features
from visualizer.labs.architecture.features.answer import answer
from visualizer.labs.architecture.features.run import FeatureRun
from visualizer.labs.architecture.plane_figures import columns_of_map, figure_map
from visualizer.labs.architecture.settings import ArchitectureSettings
from visualizer.labs.architecture.unit_figures import (
    MAX_TILES,
    columns_of_explained,
    columns_of_tiles,
    figure_explained,
    figure_tiles,
    tiles_of,
)
from visualizer.labs.architecture.wider.run import WAYS
from visualizer.labs.kit.charts import Chart, Charts, Columns, page_inks
from visualizer.labs.kit.figure import Inks
from visualizer.labs.kit.lab import Experiment

_SEEN = {True: "What each unit gives over the plane", False: "The weights into each unit"}


def charts(settings: ArchitectureSettings, found: FeatureRun) -> Charts:
    """What the net gives in each way, and below what its units see and explain."""
    ink = page_inks()
    if settings.data.inputs == 1 and settings.data.outputs == 1:
        yield _curves(settings, found, ink)
        yield from _unit_curves(settings, found, ink)
    else:
        yield from _maps(settings, found, ink) if settings.data.inputs == 2 else []
        yield from _tiles(settings, found, ink)
    if found.selections:
        yield _explained(found, ink)


def _curves(settings: ArchitectureSettings, found: FeatureRun, ink: Inks) -> Chart:
    return Chart(
        partial(figure_curves, settings, found, ink),
        "arch_features_curves",
        "What the net gives with learned and with random features, over its input",
        partial(columns_of_curves, settings, found),
    )


def _maps(settings: ArchitectureSettings, found: FeatureRun, ink: Inks) -> list[Chart]:
    """A map for each way; its place stays empty until it is there."""
    return [
        Chart(
            partial(figure_map, settings, found, flat, name, ink),
            f"arch_features_map_{way}",
            f"What the net gives over the plane of its inputs: {name}",
            partial(columns_of_map, settings, found, flat),
        )
        for way, (name, flat) in enumerate(zip(WAYS, found.ways, strict=True))
        if flat is not None
    ]


def _unit_curves(settings: ArchitectureSettings, found: FeatureRun, ink: Inks) -> list[Chart]:
    return [
        Chart(
            partial(figure_unit_curves, settings, found, flat, _shown(found, name), _units_title(found, name), ink),
            f"arch_features_{name}",
            f"What each {name} unit gives over the input",
            partial(columns_of_unit_curves, settings, found, flat),
        )
        for name, flat in found.layers.items()
    ]


def _tiles(settings: ArchitectureSettings, found: FeatureRun, ink: Inks) -> list[Chart]:
    charts = []
    for name, flat in found.layers.items():
        tiles, shown = cache(partial(tiles_of, settings, found, flat)), _shown(found, name)
        charts.append(
            Chart(
                partial(_figure_tiles, tiles, shown, _units_title(found, name), settings.chosen.inputs, ink),
                f"arch_features_{name}",
                f"{_SEEN[settings.data.inputs == 2]}, of {name} ones",
                partial(_columns_of_tiles, tiles, shown),
            )
        )
    return charts


def _figure_tiles(
    tiles: Callable[[], Tensor], shown: list[int], title: str, inputs: tuple[str, ...], ink: Inks
) -> go.Figure:
    return figure_tiles(tiles(), shown, title, inputs, ink)


def _columns_of_tiles(tiles: Callable[[], Tensor], shown: list[int]) -> Columns:
    return columns_of_tiles(tiles(), shown)


def _explained(found: FeatureRun, ink: Inks) -> Chart:
    return Chart(
        partial(figure_explained, found, ink),
        "arch_features_explained",
        "How much of the answers' variance so many learned or random features explain together",
        partial(columns_of_explained, found),
    )


def _shown(found: FeatureRun, name: str) -> list[int]:
    """The units that are shown: the most useful first, once that is known."""
    selection = found.selections.get(name)
    order: Tensor | range = selection.order if selection else range(found.shape.sizes[1])
    return [int(unit) for unit in order[:MAX_TILES]]


def _units_title(found: FeatureRun, name: str) -> str:
    count = found.shape.sizes[1]
    words = [f"{name} units"] if count <= MAX_TILES else [f"{name} units", f"{MAX_TILES} of {count}"]
    return ", ".join([*words, "best first"] if found.selections else words)


FEATURES = Experiment("architecture_features", features.run, features.cost, charts, answer, across=3)
