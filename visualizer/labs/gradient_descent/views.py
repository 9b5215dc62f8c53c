"""The experiment of the lab, with its two views: both show the same run."""

from __future__ import annotations

import math
from functools import cache, partial

import streamlit as st
import torch
from torch import Tensor

from visualizer.engine.descent.run import bound
from visualizer.labs.gradient_descent.answer import answer
from visualizer.labs.gradient_descent.figures import figure_bend, figure_gradient, figure_reach
from visualizer.labs.gradient_descent.reading import Reading, read, whole_reach
from visualizer.labs.gradient_descent.run import HIGHEST, DescentResult, cost, run
from visualizer.labs.gradient_descent.settings import COMPONENTS, CONVERGENCE, PATH, RANDOM, DescentSettings
from visualizer.labs.gradient_descent.surface_figures import figure_map, figure_surface
from visualizer.labs.kit.charts import Cell, Chart, Charts, Columns, page_inks
from visualizer.labs.kit.lab import Experiment
from visualizer.text.numbers import percent

_FLAT, _SOLID = "Map", "3-D surface"


def experiment(view: str) -> Experiment[DescentSettings, DescentResult]:
    """The experiment as the view shows it. The run is the same for both, and is not done again."""
    charts = {CONVERGENCE: _convergence_charts, PATH: _path_charts}[view]
    return Experiment("gradient_descent", run, cost, charts, answer)


def _convergence_charts(settings: DescentSettings, result: DescentResult) -> Charts:
    reading, ink = cache(partial(read, result, settings.epsilon)), page_inks()
    yield Chart(
        lambda: figure_gradient(result, reading(), ink),
        "descent_gradient",
        alt="The squared norm of the gradient, the smallest so far and the bound over the steps, on logarithms",
        csv=lambda: gradient_columns(result, reading()),
    )
    yield Chart(
        lambda: figure_reach(result, reading(), ink),
        "descent_reach",
        alt="The steps until the squared gradient is at most epsilon, over epsilon, on logarithms",
        csv=lambda: reach_columns(result, reading()),
    )


def _path_charts(settings: DescentSettings, result: DescentResult) -> Charts:
    ink, titles = page_inks(), axis_titles(settings, result)
    with st.container(key="lab-shown", horizontal=True, vertical_alignment="center", gap="medium"):
        solid = _draw_form() == _SOLID
        st.caption(about_plane(settings, result))
    yield Chart(
        partial(figure_surface if solid else figure_map, result, titles, ink),
        "descent_surface" if solid else "descent_map",
        alt="The loss over a plane through the weights, with the path of the run",
        csv=lambda: surface_columns(result),
    )
    yield Chart(
        partial(figure_bend, result, ink),
        "descent_bend",
        alt="The largest eigenvalue of the Hessian along the path, against the limit 2/η",
        csv=lambda: bend_columns(result),
    )


def _draw_form() -> str:
    """From above or as a surface: only the drawing changes."""
    drawn = st.segmented_control(
        "The loss around the path",
        [_FLAT, _SOLID],
        default=_FLAT,
        required=True,
        key="descent_form",
        label_visibility="collapsed",
    )
    return str(drawn)


def axis_titles(settings: DescentSettings, result: DescentResult) -> tuple[str, str]:
    """What the plane's two directions are, each with its share of the path's variance."""
    shares = result.surface.plane.explained.tolist()
    if settings.plane == COMPONENTS:
        names = ["direction 1", "direction 2"]
    elif settings.plane == RANDOM:
        names = ["random 1", "random 2"]
    else:
        names = [f"weight {number}" for number in settings.weights]
    first, second = (f"{name} ({percent(share, 1)})" for name, share in zip(names, shares, strict=True))
    return first, second


def about_plane(settings: DescentSettings, result: DescentResult) -> str:
    """What the surface shows of the run, and what it leaves out."""
    held = float(result.surface.plane.explained.sum())
    through = "mean" if settings.plane == COMPONENTS else "end"
    words = f"The path's shadow on a plane through its {through}, with {percent(held, 1)} of its variance. "
    words += (
        "It may cross level lines at a slant: the axes have scales of their own, and a shadow leaves directions out."
    )
    last = int(result.track_times[-1]) + 1
    if last == len(result.losses):
        return words
    return f"{words} Up to T = {last:,}: after it L passes {HIGHEST:g} L(w₀)."


def gradient_columns(result: DescentResult, reading: Reading) -> Columns:
    """Every step of the run."""
    steps = torch.arange(1, len(result.losses) + 1)
    return {
        "T": steps,
        "loss": result.losses,
        "squared_gradient": result.squared_gradients,
        "smallest_so_far": result.running_minimum,
        "bound": _finite(bound(reading.smoothness, result.gap, steps, reading.factor)),
    }


def reach_columns(result: DescentResult, reading: Reading) -> Columns:
    epsilons, steps = whole_reach(result, reading.epsilon)
    return {
        "epsilon": epsilons,
        "steps": [each if each > 0 else "" for each in steps.tolist()],
        "promised": _finite(reading.promised * reading.epsilon / epsilons),
    }


def bend_columns(result: DescentResult) -> Columns:
    return {
        "T": result.times + 1,
        "largest_eigenvalue": result.largest,
        "smallest_eigenvalue": result.smallest,
        "limit": torch.full_like(result.largest, 2 / result.step),
    }


def surface_columns(result: DescentResult) -> Columns:
    """Every point of the grid; a and b are where it lies along the plane's two directions."""
    rows, columns = torch.meshgrid(result.surface.b, result.surface.a, indexing="ij")
    return {"a": columns.flatten(), "b": rows.flatten(), "loss": result.surface.losses.flatten()}


def _finite(values: Tensor) -> list[Cell]:
    return [value if math.isfinite(value) else "" for value in values.tolist()]
