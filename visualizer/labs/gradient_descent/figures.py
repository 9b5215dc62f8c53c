"""The lab's figures over logarithmic axes: the gradient, the steps to reach ε, and how the loss bends."""

from __future__ import annotations

import math
from typing import Any

import plotly.graph_objects as go
import torch
from torch import Tensor

from visualizer.engine.descent.run import bound, spread_times
from visualizer.labs.gradient_descent.reading import Reading, said, signed, whole_reach
from visualizer.labs.gradient_descent.run import DescentResult
from visualizer.labs.kit.figure import Axis, Inks, Numbers, add_line, new_figure

HEIGHT = 350
MAX_POINTS = 400
_DECADES = 14.0
"""What lies further below the largest is left out."""
_MAX_TICKS = 8
_FEW = 10
"""So few points are drawn as such: a line through one of them alone is not seen."""
_WORST = "O(1/ε): slope −1"
_REACH = "ε = %{x:.3~g}<br>T = %{y:,.0f}"


def shown_times(result: DescentResult) -> Tensor:
    """The times at which the figures show a run: all at first, then evenly over the logarithm."""
    return spread_times(len(result.losses), MAX_POINTS)


def figure_gradient(result: DescentResult, reading: Reading, ink: Inks) -> go.Figure:
    """‖∇L(w_t)‖² over T, the smallest so far, and the bound; all of it on logarithms."""
    times = shown_times(result)
    steps, now = times + 1, result.squared_gradients[times]
    shown = [now, torch.tensor([reading.epsilon], dtype=torch.float64)]
    figure = _new(result, ink, "‖∇L‖²", Axis("", log=True))
    mode = "lines+markers" if int((now > 0).sum()) <= _FEW else "lines"
    _draw(figure, steps, _above_0(result.running_minimum[times]), "smallest so far", ink, ink.good, width=5.0)
    _draw(figure, steps, _above_0(now), "‖∇L(w)‖²", ink, ink.plus, mode=mode)
    if reading.is_promised:
        limit = bound(reading.smoothness, result.gap, steps, reading.factor)
        shown.append(limit)
        name = "2R(L(w₀) − L*)/T" if reading.is_classic else f"bound for η = {reading.factor:.3g}/R"
        _draw(figure, steps, limit, name, ink, ink.minus, "dash")
    _set_range(figure.layout.yaxis, torch.cat(shown))
    figure.add_hline(reading.epsilon, line={"color": ink.mark, "width": 2, "dash": "dot"})
    _mark(figure, 1.0, reading.epsilon, f"ε = {said(reading.epsilon)}", ink, place="top right")
    _mark_0(figure, result, ink)
    found = float(result.running_minimum[reading.reached - 1]) if reading.reached else 0.0
    if reading.reached and found > 0:
        _mark(figure, reading.reached, found, f"T = {reading.reached:,}", ink, point=True)
    return figure


def figure_reach(result: DescentResult, reading: Reading, ink: Inks) -> go.Figure:
    """The points until ε is reached over ε, the slope near the chosen one, and what the bound promises."""
    epsilons, steps = whole_reach(result, reading.epsilon)
    reached = steps > 0
    figure = new_figure(ink, Axis("ε", log=True), Axis("points T until ‖∇L‖² ≤ ε", log=True), height=HEIGHT)
    shown = [steps[reached].double(), torch.tensor([1.0, 20.0], dtype=torch.float64)]
    _draw(figure, epsilons[reached], steps[reached], "measured", ink, ink.plus, mode="markers", hover=_REACH)
    if reading.is_promised:
        promised = reading.promised * reading.epsilon / epsilons
        shown.append(promised)
        _draw(figure, epsilons, promised, "promised", ink, ink.minus, "dash", hover=_REACH)
    if reading.power:
        ends = torch.tensor(reading.fitted, dtype=torch.float64)
        fitted = reading.power.at(ends)
        name = f"slope {signed(reading.power.slope)}"
        _draw(figure, epsilons, fitted[1] * (epsilons / ends[1]) ** -1.0, _WORST, ink, ink.muted, "dot", hover=_REACH)
        _draw(figure, ends, fitted, name, ink, ink.gradient, width=3.2, hover=_REACH)
    _set_range(figure.layout.xaxis, epsilons)
    _set_range(figure.layout.yaxis, torch.cat(shown))
    figure.add_vline(reading.epsilon, line={"color": ink.mark, "width": 2, "dash": "dot"})
    if reading.reached:
        _mark(figure, reading.epsilon, reading.reached, f"T = {reading.reached:,}", ink, point=True, place="top right")
    return figure


def figure_bend(result: DescentResult, ink: Inks) -> go.Figure:
    """The Hessian's largest eigenvalue along the path, against the 2 / η above which a step overshoots."""
    steps, limit = result.times + 1, 2 / result.step
    figure = _new(result, ink, "eigenvalues of the Hessian", Axis(""))
    _draw(figure, steps, result.largest, "largest eigenvalue", ink, ink.plus, mode="lines+markers")
    lowest = 0.0
    if not result.everywhere:
        lowest = min(0.0, float(result.smallest.min()))
        _draw(figure, steps, result.smallest, "smallest", ink, ink.muted)
    ends = [1.0, float(_last_step(result))]
    _draw(figure, ends, [limit, limit], f"2/η = {said(limit)}", ink, ink.minus, "dash")
    name = "R" if result.everywhere else "R at w₀"
    name = f"{name} = {said(result.smoothness)}"
    _draw(figure, ends, [result.smoothness, result.smoothness], name, ink, ink.good, "dot")
    figure.update_yaxes(range=[lowest * 1.15, 1.12 * max(limit, result.smoothness, float(result.largest.max()))])
    return figure


def _new(result: DescentResult, ink: Inks, title: str, y: Axis) -> go.Figure:
    x = Axis("points looked at, T (steps + 1)", log=True, limits=(0.9, 1.1 * _last_step(result)))
    figure = new_figure(ink, x, y, height=HEIGHT)
    figure.update_yaxes(title_text=title)
    return figure


def _last_step(result: DescentResult) -> int:
    return max(10, len(result.losses))


def _draw(
    figure: go.Figure,
    x: Numbers,
    y: Numbers,
    name: str,
    ink: Inks,
    colour: str,
    dash: str = "solid",
    *,
    mode: str = "lines",
    width: float = 2.0,
    hover: str = "T = %{x:,.0f}<br>%{y:.4~g}",
) -> None:
    style: dict[str, Any] = {"line": {"color": colour, "dash": dash, "width": width}, "mode": mode}
    style["marker"] = {"color": colour, "size": 6}
    add_line(figure, x, y, name, ink, hover=f"{name}<br>{hover}", **style)


def _mark(
    figure: go.Figure, x: float, y: float, words: str, ink: Inks, *, point: bool = False, place: str = "top center"
) -> None:
    """Words at a place of the figure, with a ring around it where it is a point."""
    vertical, _, side = place.partition(" ")
    if point:
        marker = {"size": 13, "symbol": "circle-open", "color": ink.text, "line": {"width": 2.5}}
        figure.add_trace(
            go.Scatter(
                x=[x], y=[y], mode="markers", marker=marker, hoverinfo="skip", showlegend=False, cliponaxis=False
            )
        )
    figure.add_annotation(
        x=math.log10(x),
        y=math.log10(y),
        text=words,
        showarrow=False,
        xanchor={"right": "left"}.get(side, "center"),
        yanchor="bottom" if vertical == "top" else "top",
        xshift=8 if side == "right" else 0,
        yshift=8 if point else 2,
        bgcolor=ink.pale(ink.ground, 0.8),
        font={"color": ink.text, "size": 14},
    )


def _mark_0(figure: go.Figure, result: DescentResult, ink: Inks) -> None:
    """From where on the gradient is 0, which no logarithmic axis shows."""
    zeros = (result.squared_gradients == 0).nonzero()
    if not len(zeros):
        return
    first = int(zeros[0]) + 1
    figure.add_annotation(
        x=math.log10(first),
        y=0.0,
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        text=f"↓ 0 from T = {first:,} on" if bool((result.squared_gradients[first - 1 :] == 0).all()) else "↓ 0",
        showarrow=False,
        bgcolor=ink.pale(ink.ground, 0.8),
        font={"color": ink.text, "size": 14},
    )


def _above_0(values: Tensor) -> Tensor:
    """Numbers for a logarithm: what is 0 leaves a gap."""
    return torch.where(values > 0, values, torch.nan)


def _set_range(axis: Any, values: Tensor) -> None:
    """Lets a logarithmic axis show all of them, with a little room, and write out at most eight powers of ten."""
    logs = values[values > 0].double().log10()
    high = float(logs.max())
    low = max(float(logs.min()), high - _DECADES)
    room = 0.05 * (high - low) + 0.05
    axis.update(range=[low - room, high + room], dtick=math.ceil((high - low) / _MAX_TICKS) or 1)
