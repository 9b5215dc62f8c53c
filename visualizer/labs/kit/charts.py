"""Figures with hover values: one look in the app's colours, saved as PNG, SVG and CSV.

A lab's figure is a pure function, `figure_…(result, ink) -> go.Figure`, made of `new_figure`, `add_line`, `add_band`
and plotly's own; `draw_charts` shows it. Surfaces work; Plotly's traces for very many points (Scattergl and the like)
need `eval`, which the app's pages do not allow.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from torch import Tensor

from visualizer.labs.kit.exports import Columns, csv_text
from visualizer.labs.kit.theme_colours import Inks, inks
from visualizer.text.numbers import percent
from visualizer.ui.panel import Panel, is_closed

HEIGHT = 380
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
MARKERS = ("circle", "square", "diamond", "triangle-up", "x", "cross")
PNG, SVG = "PNG", "SVG"
_FONT = '"Source Sans", "Source Sans Pro", system-ui, sans-serif'
_ABOVE = 36
"""Room above the axes, for the buttons."""
NAMED = 66
"""The same where names of its stretches, or its own, stand there, too."""
_DENSE = 40
"""Lines of more points than this are drawn without markers."""
_MOST_PLOTS = 160
"""Figures that are kept built: those of all default settings, light and dark, twice over."""
_SETTLED: ContextVar[str | None] = ContextVar("settled", default=None)

Numbers = Sequence[float] | Tensor


@dataclass(frozen=True)
class Axis:
    """An axis: what it counts, whether it is logarithmic, and its limits where they do not come from the data."""

    title: str
    log: bool = False
    limits: tuple[float, float] | None = None

    def layout(self) -> dict[str, Any]:
        found: dict[str, Any] = {"title": {"text": self.title}, "type": "log" if self.log else "linear"}
        if self.log:
            found |= {"exponentformat": "power", "dtick": 1 if self._decades <= _MOST_DECADES else None}
            found["tickfont"] = {"size": _TICKS / _POWERS}
        if self.limits:
            found["range"] = [math.log10(limit) if self.log else limit for limit in self.limits]
        return found

    @property
    def _decades(self) -> float:
        return math.log10(self.limits[1] / self.limits[0]) if self.limits and self.log else 0


_MOST_DECADES = 9
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


def page_inks() -> Inks:
    """The colours of the theme that the visitor's page has."""
    return inks(st.context.theme.type == "dark")


@dataclass(frozen=True)
class Chart:
    """A figure on the page: `build` makes it; `key` names it in the page and as a file; `alt` is its title, and what a
    screen reader says; `csv` gives its data when asked for; `chosen` is what the page lets choose in it besides the
    lab's settings.
    """

    build: Callable[[], go.Figure]
    key: str
    alt: str
    csv: Callable[[], Columns]
    chosen: Hashable = ()


Charts = Iterable[Chart | str | None]
"""Charts in order; None leaves a place empty, and a text, in Markdown, stands above the row that it begins."""


def draw_charts(charts: Charts, across: int) -> None:
    """Show charts in rows of so many, each under its title, with one button for all that it can be saved as."""
    row: list[DeltaGenerator] = []
    for chart in charts:
        if isinstance(chart, str):
            st.markdown(chart)
            row = []
            continue
        row = row or st.columns(across, gap="small")
        column = row.pop(0)
        if chart:
            with column:
                _draw_chart(chart)


def _draw_chart(chart: Chart) -> None:
    key, alt, chosen = chart.key, chart.alt, chart.chosen
    with st.container(key=f"chart-{key}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{alt}**")
            form = _draw_saving(key, chart.csv)
        plot = partial(_plot, chart.build, key, alt, form)
        settled = _SETTLED.get()
        if settled is None:
            plot()
        else:
            theme = "dark" if page_inks().dark else "light"
            _plot_once(plot, repr((settled, key, alt, form, theme, chosen)))


@contextmanager
def settled(result: str | None) -> Iterator[None]:
    """The figures drawn in here show a result that stays as it is, which the text tells from all others: they are built
    for the first visitor only. None where the result may change, or is a visitor's own.
    """
    before = _SETTLED.set(result)
    try:
        yield
    finally:
        _SETTLED.reset(before)


@st.cache_data(max_entries=_MOST_PLOTS, show_spinner=False)
def _plot_once(_plot: Callable[[], None], told_by: str) -> None:
    """Streamlit keeps what is drawn in here, and sends that again where `told_by` is the same."""
    _plot()


def _plot(build: Callable[[], go.Figure], key: str, alt: str, form: str) -> None:
    figure = build()
    # Its height counts in the page's type, which is larger on a large screen. A style alone would be drawn elsewhere on
    # the page, from where Streamlit can't send it again.
    st.html(f"<style>.st-key-chart-{key} {{ --tall: {figure.layout.height / 16}rem }}</style><i></i>")
    figure.layout.height = None
    st.plotly_chart(figure, theme=None, key=key, alt=alt, height="stretch", config=_config(key, form))


def _draw_saving(key: str, csv: Callable[[], Columns]) -> str:
    """Draw the ways to save a figure; returns the format of its image."""
    form, kept = f"{key}_form", f"{key}_form_kept"
    chosen = str(st.session_state.get(form) or st.session_state.get(kept, PNG))
    st.session_state[kept] = chosen
    with Panel("Save", key=f"{key}_save"):
        if is_closed():
            return chosen
        label = "Image: the camera above the figure saves it as"
        st.segmented_control(label, [PNG, SVG], default=chosen, required=True, key=form)
        st.download_button(
            "Save the data as CSV",
            partial(_csv, csv),
            file_name=f"unrolled-{key}.csv",
            mime="text/csv",
            key=f"{key}_csv",
            on_click="ignore",
            icon=":material/download:",
        )
    return chosen


def _csv(columns: Callable[[], Columns]) -> str:
    return csv_text(columns())


def _config(key: str, form: str) -> dict[str, Any]:
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d"],
        "toImageButtonOptions": {"format": form.lower(), "filename": f"unrolled-{key}", "scale": 2},
    }


def _title(axis: Any) -> str:
    return str(axis.title.text or "").replace("<br>", " ")
