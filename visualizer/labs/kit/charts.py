"""Charts on the page: figures in rows, each saved as PNG, SVG and CSV. A CSV is safe to be opened as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from torch import Tensor

from visualizer.labs.kit.figure import Inks, inks
from visualizer.ui.panel import Panel, is_closed

PNG, SVG = "PNG", "SVG"
_MAX_PLOTS = 160
"""Figures that are kept built: those of all default settings, light and dark, twice over."""
_SETTLED: ContextVar[str | None] = ContextVar("settled", default=None)
Cell = float | int | str | bool
Columns = Mapping[str, Iterable[Cell] | Tensor]
"""A table: the name of each column, and its cells; all columns are as long."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


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


@st.cache_data(max_entries=_MAX_PLOTS, show_spinner=False)
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


def csv_text(columns: Columns) -> str:
    """The table as CSV, numbers in full. A text that a spreadsheet would compute gets an apostrophe in front.

    Raises: ValueError where the columns are not of the same length.
    """
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([_cell(name) for name in columns])
    cells = [values.tolist() if isinstance(values, Tensor | np.ndarray) else values for values in columns.values()]
    for row in zip(*cells, strict=True):
        writer.writerow([_cell(cell) for cell in row])
    return written.getvalue()


def _cell(cell: Cell) -> str:
    if not isinstance(cell, str):
        return repr(float(cell)) if isinstance(cell, float) else str(cell)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
