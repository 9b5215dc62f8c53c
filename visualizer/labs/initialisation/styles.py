"""How the lines of starts are told apart: every kind has its colour, its dashes and its marks in all figures."""

from __future__ import annotations

from typing import Any

from visualizer.engine.experiments.scale_sweep import Start
from visualizer.labs.initialisation.settings import RULES
from visualizer.labs.kit.figure import DASHES, MARKERS, Inks

_ORDER = ("normal", "uniform", *RULES)


def series_place(start: Start) -> int | None:
    """The place of a random start's colour among those of the series."""
    return _ORDER.index(start.kind) if start.kind in _ORDER else None


def start_style(start: Start, ink: Inks, *, wide: bool = False) -> dict[str, Any]:
    """Line and marks of a start; `wide` for the one that was chosen."""
    place = series_place(start)
    if place is not None:
        colour, dash, symbol = ink.series[place % len(ink.series)], DASHES[place], MARKERS[place]
    else:
        zeros = start.kind == "zeros"
        colour = ink.muted if zeros else ink.bad
        dash, symbol = ("solid", "circle-open") if zeros else ("dot", "square-open")
    return {
        "line": {"color": colour, "width": 4.0 if wide else 2.0, "dash": dash},
        "marker": {"color": colour, "size": 10 if wide else 8, "symbol": symbol},
    }
