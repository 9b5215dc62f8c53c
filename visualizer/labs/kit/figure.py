"""The figures of the labs, in the colours and the look of the app.

A lab's figure is a pure function, `figure_…(result, ink) -> go.Figure`, made of `new_figure`, `add_line`, `add_band`
and plotly's own; `charts.py` shows it. Surfaces work; Plotly's traces for very many points (Scattergl and the like)
need `eval`, which the app's pages do not allow.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import plotly.graph_objects as go
from torch import Tensor

from visualizer.text.numbers import percent
from visualizer.theme import channels, theme

HEIGHT = 380
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
MARKERS = ("circle", "square", "diamond", "triangle-up", "x", "cross")
_FONT = '"Source Sans", "Source Sans Pro", system-ui, sans-serif'
_ABOVE = 36
"""Room above the axes, for the buttons."""
NAMED = 66
"""The same where names of its stretches, or its own, stand there, too."""
_DENSE = 40
"""Lines of more points than this are drawn without markers."""

Numbers = Sequence[float] | Tensor


@dataclass(frozen=True)
class Inks:
    """Colours of one theme. `series` are told apart by dashes and markers besides."""

    dark: bool
    ground: str
    text: str
    muted: str
    line: str
    plus: str
    minus: str
    gradient: str
    good: str
    mark: str
    bad: str
    series: tuple[str, ...]

    def pale(self, colour: str, share: float) -> str:
        """A colour as a veil over the ground: `share` of it, 0 to 1."""
        red, green, blue = channels(colour)
        return f"rgba({red},{green},{blue},{share:g})"


@cache
def inks(dark: bool) -> Inks:
    """The colours of the light or the dark theme."""
    colours = theme("dark" if dark else "light")
    return Inks(
        dark=dark,
        ground=colours["backgroundColor"],
        text=colours["textColor"],
        muted=colours["grayTextColor"],
        line=colours["borderColor"],
        plus=colours["blueColor"],
        minus=colours["orangeColor"],
        gradient=colours["violetColor"],
        good=colours["greenColor"],
        mark=colours["yellowColor"],
        bad=colours["redColor"],
        series=tuple(colours["chartCategoricalColors"]),
    )


@dataclass(frozen=True)
class Axis:
    """An axis: what it counts, whether it is logarithmic, and its limits where they do not come from the data."""

    title: str
    log: bool = False
    limits: tuple[float, float] | None = None

    def layout(self) -> dict[str, Any]:
        found: dict[str, Any] = {"title": {"text": self.title}, "type": "log" if self.log else "linear"}
        if self.log:
            found |= {"exponentformat": "power", "dtick": 1 if self._decades <= _MAX_DECADES else None}
            found["tickfont"] = {"size": _TICKS / _POWERS}
        if self.limits:
            found["range"] = [math.log10(limit) if self.log else limit for limit in self.limits]
        return found

    @property
    def _decades(self) -> float:
        return math.log10(self.limits[1] / self.limits[0]) if self.limits and self.log else 0


_MAX_DECADES = 9
_TICKS = 14
_LONGEST = 31
"""Characters of a line below the axes: as many as have room on a phone."""
_POWERS = 1.25
"""So many times its size Plotly draws a power of ten."""


def new_figure(ink: Inks, x: Axis, y: Axis, *, height: int = HEIGHT, legend: bool = True) -> go.Figure:
    """An empty figure with its axes, in the app's look."""
    figure = go.Figure()
    figure.update_layout(template=template(ink), height=height, showlegend=legend, xaxis=x.layout(), yaxis=y.layout())
    figure.update_xaxes(title_text="<br>".join(textwrap.wrap(x.title, _LONGEST)))
    return figure


@cache
def template(ink: Inks) -> go.layout.Template:
    """The look of every figure of the labs: also of those that have no axes, as a surface."""
    axis = {
        "gridcolor": ink.line,
        "linecolor": ink.muted,
        "zeroline": False,
        "showline": True,
        "ticks": "outside",
        "tickcolor": ink.muted,
        "tickfont": {"color": ink.muted, "size": _TICKS},
        "title": {"font": {"color": ink.text, "size": 15}, "standoff": 8},
        "automargin": True,
    }
    scene = {"gridcolor": ink.line, "backgroundcolor": ink.ground, "color": ink.muted, "showbackground": True}
    return go.layout.Template(
        layout={
            "font": {"family": _FONT, "size": 14, "color": ink.text},
            "paper_bgcolor": ink.ground,
            "plot_bgcolor": ink.ground,
            "colorway": ink.series,
            "xaxis": axis,
            "yaxis": axis,
            "scene": {"xaxis": scene, "yaxis": scene, "zaxis": scene},
            "margin": {"l": 8, "r": 8, "t": _ABOVE, "b": 8},
            "hoverlabel": {"bgcolor": ink.ground, "bordercolor": ink.muted, "font": {"color": ink.text, "size": 14}},
            "hovermode": "closest",
            "legend": {
                "orientation": "h",
                "x": 0,
                "y": 0,
                "yref": "container",
                "yanchor": "bottom",
                "font": {"size": 15},
            },
            "annotationdefaults": {"font": {"size": 15}},
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": ink.muted, "activecolor": ink.plus},
            "colorscale": {"sequential": "Viridis", "diverging": [[0, ink.minus], [0.5, ink.ground], [1, ink.plus]]},
            "coloraxis": {"colorbar": {"outlinewidth": 0, "thickness": 14}},
        }
    )


def line_style(index: int, ink: Inks, *, width: float = 2.4) -> dict[str, Any]:
    """How the line of this number is told from the others: by colour, by dashes and by the shape of its points."""
    colour = ink.series[index % len(ink.series)]
    return {
        "line": {"color": colour, "width": width, "dash": DASHES[index % len(DASHES)]},
        "marker": {"color": colour, "size": 8, "symbol": MARKERS[index % len(MARKERS)]},
    }


def add_line(
    figure: go.Figure, x: Numbers, y: Numbers, name: str, ink: Inks, index: int = 0, *, hover: str = "", **trace: Any
) -> None:
    """A line, the `index`-th of its kind. `hover` is Plotly's template of what is said at a point; `trace` goes on top.

    Numbers that are not finite leave a gap. A name from a visitor goes through `plain`.
    """
    xs, ys = numbers(x), numbers(y)
    said = hover or f"{name}<br>{_title(figure.layout.xaxis)} %{{x:.4g}}<br>{_title(figure.layout.yaxis)} %{{y:.4g}}"
    style = line_style(index, ink) | {"mode": "lines" if len(xs) > _DENSE else "lines+markers"}
    figure.add_trace(go.Scatter(x=xs, y=ys, name=name, hovertemplate=f"{said}<extra></extra>", **(style | trace)))


def add_band(figure: go.Figure, x: Numbers, low: Numbers, high: Numbers, ink: Inks, index: int = 0) -> None:
    """The spread around the line of the same index, as over seeds; draw it before the line."""
    xs, lows, highs = numbers(x), numbers(low), numbers(high)
    kept = [at for at in range(len(xs)) if lows[at] is not None and highs[at] is not None]
    figure.add_trace(
        go.Scatter(
            x=[xs[at] for at in kept] + [xs[at] for at in reversed(kept)],
            y=[highs[at] for at in kept] + [lows[at] for at in reversed(kept)],
            mode="lines",
            fill="toself",
            fillcolor=ink.pale(ink.series[index % len(ink.series)], 0.18),
            line={"width": 0},
            hoverinfo="skip",
            showlegend=False,
        )
    )


def percent_ticks(figure: go.Figure) -> None:
    """A vertical axis of shares from 0 to 1, written in per cent."""
    quarters = [quarter / 4 for quarter in range(5)]
    figure.update_yaxes(tickvals=quarters, ticktext=[percent(share, 0) for share in quarters])


def add_star(figure: go.Figure, x: float, y: float, name: str, ink: Inks, *, hover: str, **trace: Any) -> None:
    """The place in a figure that the answer is about. `hover` is Plotly's template; `trace` goes on top."""
    marker = {"color": ink.good, "size": 16, "symbol": "star", "line": {"width": 1, "color": ink.ground}}
    place = {"x": [x], "y": numbers([y]), "mode": "markers", "marker": marker}
    figure.add_trace(go.Scatter(**place, name=name, hovertemplate=f"{hover}<extra></extra>", **trace))


def numbers(values: Numbers) -> list[float | None]:
    """Numbers as a figure takes them: what is not finite is left out."""
    listed = values.tolist() if isinstance(values, Tensor) else values
    return [value if math.isfinite(value) else None for value in listed]


def plain(text: str) -> str:
    """A visitor's text, to be shown as it is: Plotly would read tags and placeholders."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("%{", "%\N{ZERO WIDTH SPACE}{").replace("$", "\N{FULLWIDTH DOLLAR SIGN}")


def _title(axis: Any) -> str:
    return str(axis.title.text or "").replace("<br>", " ")
