"""A comparison on the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

import plotly.graph_objects as go
import torch
from torch import Tensor

from visualizer.engine.statistics.zones import median
from visualizer.labs.kit.charts import Chart, Charts, Columns, page_inks
from visualizer.labs.kit.figure import Axis, Inks, add_band, add_line, line_style, new_figure
from visualizer.labs.learning_rate.comparison.run import Comparison, MethodResult
from visualizer.labs.learning_rate.rates.figures import HEIGHT, loss_limits
from visualizer.labs.learning_rate.settings import RateSettings
from visualizer.text.numbers import rate_text
from visualizer.text.words import LOSSES


def comparison_charts(methods: str, settings: RateSettings, results: Comparison) -> Charts:
    """The curves at each method's own rate, and beside them all rates. `methods` is what is compared: "schedules"."""
    loss, ink = LOSSES[settings.chosen.loss], page_inks()
    yield Chart(
        partial(figure_at_own_rate, results, ink, loss),
        f"rate_{methods}_curves",
        alt=f"The {loss} over the epochs, a line for each of the {methods}",
        csv=partial(columns_at_own_rate, results),
    )
    yield Chart(
        partial(figure_over_rates, results, ink, loss),
        f"rate_{methods}_final",
        alt=f"The {loss} at the end over the learning rate, a line for each of the {methods}",
        csv=partial(columns_over_rates, results),
    )


def figure_at_own_rate(results: Comparison, ink: Inks, loss: str) -> go.Figure:
    """The median loss over the epochs, with the nets' spread, a line for each method at its own rate."""
    limits = _limits(results, [_own(result) for result in results])
    epochs = Axis("epoch", limits=(0, results[0].own.whole))
    figure = new_figure(ink, epochs, Axis(loss, log=True, limits=limits), height=HEIGHT)
    for index, result in enumerate(results):
        losses = _own(result)
        ordered = losses.sort(dim=1).values
        add_band(figure, result.own.epochs, ordered[:, 0], ordered[:, -1], ink, index)
        rates = result.own.learning_rates[:, 0].nanmedian(dim=1).values
        name = f"{result.method.name}, {rate_text(result.method.rate)}"
        add_line(
            figure,
            result.own.epochs,
            median(losses),
            name,
            ink,
            index,
            hover=f"{name}<br>epoch %{{x}}<br>loss %{{y:.3g}}<br>rate then %{{customdata:.2g}}",
            customdata=rates.tolist(),
            mode="lines",
        )
    return figure


def figure_over_rates(results: Comparison, ink: Inks, loss: str) -> go.Figure:
    """The median of the last losses over the rate, a line for each method; a large mark is its own rate."""
    rates = results[0].rates
    own = [result.method.rate for result in results]
    limits = min(float(rates[0]), *own) / 1.5, max(float(rates[-1]), *own) * 1.5
    figure = new_figure(
        ink,
        Axis("learning rate", log=True, limits=limits),
        Axis(f"{loss} at the end", log=True, limits=_limits(results, [_ends(result) for result in results])),
        height=HEIGHT,
    )
    for index, result in enumerate(results):
        style = line_style(index, ink)
        add_line(figure, rates, result.zones.losses, result.method.name, ink, index, mode="lines")
        figure.add_trace(
            go.Scatter(
                x=[result.method.rate],
                y=[result.median] if math.isfinite(result.median) else [None],
                mode="markers",
                marker=style["marker"] | {"size": 14, "line": {"color": ink.text, "width": 1.5}},
                showlegend=False,
                hovertemplate=f"{result.method.name} at its own rate %{{x:.3g}}<br>loss %{{y:.3g}}<extra></extra>",
            )
        )
    return figure


def columns_at_own_rate(results: Comparison) -> Columns:
    """Every net's losses at its method's own rate, a row for each method, epoch and net."""
    names, nets = [], results[0].sweep.final.shape[1]
    for result in results:
        names += [result.method.name] * len(result.own.epochs) * nets
    return {
        "method": names,
        "epoch": torch.cat([result.own.epochs.repeat_interleave(nets) for result in results]),
        "net": torch.cat([torch.arange(nets).repeat(len(result.own.epochs)) for result in results]),
        "learning rate": torch.cat([result.own.learning_rates[:, 0].reshape(-1) for result in results]),
        "training loss": torch.cat([result.own.train_loss[:, 0].reshape(-1) for result in results]),
        "test loss": torch.cat([result.own.test_loss[:, 0].reshape(-1) for result in results]),
    }


def columns_over_rates(results: Comparison) -> Columns:
    """What every net came to, a row for each method, rate and net; the last rate of a method is its own."""
    rates, nets = results[0].sweep.final.shape
    return {
        "method": [result.method.name for result in results for _ in range(rates * nets)],
        "learning rate": torch.cat([result.sweep.rates.repeat_interleave(nets) for result in results]),
        "net": torch.arange(nets).repeat(rates * len(results)),
        "training loss": torch.cat([result.sweep.final.reshape(-1) for result in results]),
        "test loss": torch.cat([result.sweep.final_test.reshape(-1) for result in results]),
    }


def _own(result: MethodResult) -> Tensor:
    """The losses at its own rate (frames, nets)."""
    return result.own.train_loss[:, 0].nan_to_num(math.inf)


def _ends(result: MethodResult) -> Tensor:
    """What is drawn over the rate: the medians, and that at its own rate."""
    return torch.cat([result.zones.losses, result.zones.losses.new_tensor([result.median])])


def _limits(results: Comparison, losses: Sequence[Tensor]) -> tuple[float, float]:
    return loss_limits(torch.cat([each.flatten() for each in losses]), results[0].sweep.start)
