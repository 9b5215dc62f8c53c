"""The view "Range test" on the page."""

from __future__ import annotations

import math
from functools import partial

import plotly.graph_objects as go
import torch

from visualizer.engine.experiments.range_test import RangeTest, Suggestion, smoothed
from visualizer.labs.kit.charts import Chart, Charts, Columns, page_inks
from visualizer.labs.kit.figure import Axis, Inks, add_line, new_figure
from visualizer.labs.kit.lab import Experiment
from visualizer.labs.learning_rate.range_test import run as range_run
from visualizer.labs.learning_rate.range_test.run import RangeResult
from visualizer.labs.learning_rate.rates.figures import HEIGHT, columns_of_final, figure_final, loss_limits
from visualizer.labs.learning_rate.settings import RateSettings
from visualizer.text.numbers import rate_text
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


def figure_range_test(
    test: RangeTest, suggestion: Suggestion | None, limits: tuple[float, float], ink: Inks, loss: str
) -> go.Figure:
    """The loss of every net over the growing rate, their smoothed median, and the rates that are read off it."""
    axis = Axis("learning rate of the epoch", log=True, limits=limits)
    height = Axis(loss, log=True, limits=loss_limits(test.losses, test.start))
    figure = new_figure(ink, axis, height, height=HEIGHT)
    for net in range(test.losses.shape[1]):
        add_line(
            figure,
            test.rates,
            test.losses[:, net],
            "each net",
            ink,
            hover=f"net {net}<br>rate %{{x:.3g}}<br>loss %{{y:.3g}}",
            mode="lines",
            line={"color": ink.muted, "width": 1, "dash": "dot"},
            legendgroup="nets",
            showlegend=net == 0,
        )
    add_line(
        figure,
        test.rates,
        smoothed(test),
        "median, smoothed",
        ink,
        hover="smoothed median<br>rate %{x:.3g}<br>loss %{y:.3g}",
        mode="lines",
        line={"color": ink.text, "width": 3},
    )
    if suggestion:
        _mark(figure, suggestion.lower, "falls", ink.plus, "dot")
        _mark(figure, suggestion.steepest, f"steepest: {rate_text(suggestion.steepest)}", ink.good, "solid")
        _mark(figure, suggestion.upper, "lowest", ink.minus, "dash")
    return figure


def columns_of_test(test: RangeTest) -> Columns:
    """Every net's loss after each epoch of the test."""
    steps, nets = test.losses.shape
    return {
        "learning rate": test.rates.repeat_interleave(nets),
        "net": torch.arange(nets).repeat(steps),
        "training loss": test.losses.reshape(-1),
    }


def _mark(figure: go.Figure, rate: float, name: str, colour: str, dash: str) -> None:
    figure.add_vline(rate, line={"color": colour, "width": 2, "dash": dash})
    figure.add_annotation(
        x=math.log10(rate),
        y=0.02,
        yref="paper",
        text=name,
        textangle=-90,
        xanchor="right",
        yanchor="bottom",
        showarrow=False,
        font={"color": colour},
    )
