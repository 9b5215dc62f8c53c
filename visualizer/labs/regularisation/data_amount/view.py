"""The view "How much data?" on the page."""

from __future__ import annotations

from functools import partial

import plotly.graph_objects as go
import torch
from torch import Tensor

from visualizer.labs.kit.charts import Chart, Charts, Columns, page_inks
from visualizer.labs.kit.figure import Axis, Inks, add_line, line_style, new_figure
from visualizer.labs.kit.lab import Experiment
from visualizer.labs.regularisation.data_amount import run as amount
from visualizer.labs.regularisation.data_amount.answer import answer
from visualizer.labs.regularisation.data_amount.reading import halved
from visualizer.labs.regularisation.data_amount.run import Amount
from visualizer.labs.regularisation.drawing import add_spread, loss_axis
from visualizer.labs.regularisation.settings import RegSettings, mean_over_repeats
from visualizer.labs.regularisation.shown import Shown, draw_shown
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


HEIGHT = 360
WITHOUT = "none"


def figure_amount(result: Amount, most: int, name: str, shown: Shown, ink: Inks) -> go.Figure:
    """Test and training losses over the size, without regularisation and with `name`; sizes go up to `most`."""
    train, test = (result.curve(field) for field in (shown.train_field, shown.test_field))
    axis = loss_axis(shown.title, torch.cat([train.mean(dim=1).flatten(), test.flatten()]), log=not shown.error)
    figure = new_figure(ink, _sizes(result, most), axis, height=HEIGHT)
    for index, label in enumerate((WITHOUT, name)):
        style = line_style(index, ink)["line"]
        add_spread(figure, result.sizes, test[index], ink, index)
        for values, part, line in (
            (test[index], "test", style | {"dash": "solid"}),
            (train[index], "training", style | {"dash": "dot", "width": 1.8}),
        ):
            said = f"{part}, {label}"
            hover = f"{said}<br>%{{x:,}} points<br>%{{y:.3g}}"
            add_line(figure, result.sizes, mean_over_repeats(values), said, ink, index, hover=hover, line=line)
    return figure


def figure_gap(result: Amount, most: int, name: str, shown: Shown, ink: Inks) -> go.Figure:
    """The test loss less the training loss over the size, and where half of the largest gap is left."""
    gap = result.curve(shown.test_field) - result.curve(shown.train_field)
    figure = new_figure(ink, _sizes(result, most), Axis(f"test − training {shown.short}"), height=HEIGHT)
    for index, label in enumerate((WITHOUT, name)):
        add_spread(figure, result.sizes, gap[index], ink, index)
        hover = f"{label}<br>%{{x:,}} points<br>gap %{{y:.3g}}"
        add_line(figure, result.sizes, mean_over_repeats(gap[index]), label, ink, index, hover=hover)
    first, size = halved(result.sizes, gap[0])
    largest = float(mean_over_repeats(gap[0])[first])
    if size is not None and largest > 0:
        _mark_half(figure, result.sizes[first], size, largest, ink)
    return figure


def amount_columns(result: Amount, name: str) -> Columns:
    """What every net came to, a row for each size, kind and repeat."""
    fields = {
        "training loss": "train_loss",
        "test loss": "test_loss",
        "training error": "train_error",
        "test error": "test_error",
        "norm of the weights": "norm",
    }
    repeats = len(result.fits[0].test_loss)
    columns: dict[str, list[int] | list[str] | Tensor] = {
        "points": [size for size in result.sizes for _ in range(2 * repeats)],
        "regularisation": [label for _ in result.sizes for label in (WITHOUT, name) for _ in range(repeats)],
        "repeat": list(range(repeats)) * (2 * len(result.sizes)),
    }
    for label, field in fields.items():
        columns[label] = result.curve(field).permute(2, 0, 1).flatten()
    return columns


def _sizes(result: Amount, most: int) -> Axis:
    return Axis("points to train on", log=True, limits=(result.sizes[0] / 1.15, most * 1.15))


def _mark_half(figure: go.Figure, first: int, size: float, largest: float, ink: Inks) -> None:
    """From the largest gap down to half of it."""
    add_line(
        figure,
        torch.tensor([first, size, size]),
        torch.tensor([largest / 2, largest / 2, 0.0]),
        f"half the gap: {size / first:.1f} × the data",
        ink,
        hover=f"half of the gap at {first:,} points<br>with %{{x:.0f}} points",
        mode="lines",
        line={"color": ink.good, "width": 2, "dash": "dash"},
    )
