"""The experiment of the lab, with its two views: both show the same run."""

from __future__ import annotations

from functools import cache, partial

import streamlit as st

from visualizer.labs.gradient_descent.answer import answer
from visualizer.labs.gradient_descent.columns import bend_columns, gradient_columns, reach_columns, surface_columns
from visualizer.labs.gradient_descent.figures import figure_bend, figure_gradient, figure_reach
from visualizer.labs.gradient_descent.reading import read
from visualizer.labs.gradient_descent.run import HIGHEST, DescentResult, cost, run
from visualizer.labs.gradient_descent.settings import COMPONENTS, CONVERGENCE, PATH, RANDOM, DescentSettings
from visualizer.labs.gradient_descent.surface_figures import figure_map, figure_surface
from visualizer.labs.kit.charts import draw_chart, page_inks
from visualizer.labs.kit.lab import Experiment

_FLAT, _SOLID = "Map", "3-D surface"


def experiment(view: str) -> Experiment[DescentSettings, DescentResult]:
    """The experiment as the view shows it. The run is the same for both, and is not done again."""
    return Experiment("gradient_descent", run, cost, {CONVERGENCE: _draw_convergence, PATH: _draw_path}[view], answer)


def _draw_convergence(settings: DescentSettings, result: DescentResult) -> None:
    reading, ink = cache(partial(read, result, settings.epsilon)), page_inks()
    left, right = st.columns(2, gap="small")
    with left:
        draw_chart(
            lambda: figure_gradient(result, reading(), ink),
            "descent_gradient",
            alt="The squared norm of the gradient, the smallest so far and the bound over the steps, on logarithms",
            csv=lambda: gradient_columns(result, reading()),
        )
    with right:
        draw_chart(
            lambda: figure_reach(result, reading(), ink),
            "descent_reach",
            alt="The steps until the squared gradient is at most epsilon, over epsilon, on logarithms",
            csv=lambda: reach_columns(result, reading()),
        )


def _draw_path(settings: DescentSettings, result: DescentResult) -> None:
    ink, titles = page_inks(), axis_titles(settings, result)
    with st.container(key="lab-shown", horizontal=True, vertical_alignment="center", gap="medium"):
        solid = _draw_form() == _SOLID
        st.caption(about_plane(settings, result))
    left, right = st.columns(2, gap="small")
    with left:
        draw_chart(
            partial(figure_surface if solid else figure_map, result, titles, ink),
            "descent_surface" if solid else "descent_map",
            alt="The loss over a plane through the weights, with the path of the run",
            csv=lambda: surface_columns(result),
        )
    with right:
        draw_chart(
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
    first, second = (f"{name} ({share:.1%})" for name, share in zip(names, shares, strict=True))
    return first, second


def about_plane(settings: DescentSettings, result: DescentResult) -> str:
    """What the surface shows of the run, and what it leaves out."""
    held = float(result.surface.plane.explained.sum())
    through = "mean" if settings.plane == COMPONENTS else "end"
    words = f"The path's shadow on a plane through its {through}, with {held:.1%} of its variance. "
    words += (
        "It may cross level lines at a slant: the axes have scales of their own, and a shadow leaves directions out."
    )
    last = int(result.track_times[-1]) + 1
    if last == len(result.losses):
        return words
    return f"{words} Up to T = {last:,}: after it L passes {HIGHEST:g} L(w₀)."
